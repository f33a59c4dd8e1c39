package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.anymod.networks.MatrixProduct;
import org.anymod.spi.Peers;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;

/**
 * A codebook whose rows are moving averages of the latents that chose them (van den Oord et al.,
 * 2017, appendix A.1), compared by direction or by distance. Several codebooks share one table:
 * latents are then projected to as many times their width.
 *
 * <p>Compared by direction, the table's rows are compared at length 1 but looked up as they are,
 * because published decoders were trained on them as they are.
 */
final class AveragedCodebook implements Quantizer {
  private static final String TABLE = "quantize._codebook.";
  private static final int K_MEANS_ROUNDS = 10;

  private final QuantizerSettings settings;
  private final Parameters parameters;
  private final boolean cosine;
  private final DeadCodeRevival dead;
  private final int codes;

  AveragedCodebook(
      QuantizerSettings settings, int codes, InitialValues init, Parameters parameters) {
    this.settings = settings;
    this.parameters = parameters;
    this.cosine = settings.type() == QuantizerSettings.Type.COSINE;
    this.codes = codes;
    int latent = settings.latent();
    LayerParameters layers = new LayerParameters(parameters, init, Precision.FLOAT32);
    if (settings.codebooks() > 1) {
      layers.linear("quantize.project_in", (long) latent * settings.codebooks(), latent);
    }
    float ready = settings.kMeans() ? 0 : 1;
    parameters.buffer(TABLE + "initted", new Shape(1), new float[] {ready});
    parameters.buffer(TABLE + "cluster_size", new Shape(codes), new float[codes]);
    float[] rows = rows(init, codes, latent);
    parameters.buffer(TABLE + "embed", new Shape(codes, latent), rows);
    if (!cosine) {
      parameters.buffer(TABLE + "embed_avg", new Shape(codes, latent), rows.clone());
    }
    if (settings.codebooks() > 1) {
      layers.linear("quantize.project_out", latent, (long) latent * settings.codebooks());
    }
    this.dead = new DeadCodeRevival(settings, table("embed"), table("cluster_size"), average());
  }

  private float[] rows(InitialValues init, int codes, int latent) {
    float[] rows = init.uniform(TABLE + "embed", (long) codes * latent, Math.sqrt(6.0 / latent));
    if (cosine) {
      UnitRows.normalise(rows, latent);
    }
    return rows;
  }

  private NDArray table(String name) {
    return parameters.get(TABLE + name);
  }

  /** Moving sums of latents, which only the codebook compared by distance has. */
  private List<NDArray> average() {
    return cosine ? List.of() : List.of(table("embed_avg"));
  }

  @Override
  public int codebooks() {
    return settings.codebooks();
  }

  @Override
  public int codes() {
    return codes;
  }

  @Override
  public List<MatrixProduct> products(int places) {
    int latent = settings.latent();
    List<MatrixProduct> products = new ArrayList<>();
    if (settings.codebooks() > 1) {
      products.add(new MatrixProduct(places, latent, latent * settings.codebooks(), 1));
    }
    products.add(new MatrixProduct(places, latent, codes, settings.codebooks()));
    return products;
  }

  @Override
  public NDArray ids(NDArray latents, NDManager scope) {
    return nearest(projected(latents, scope), scope);
  }

  @Override
  public NDArray lookup(NDArray ids, NDManager scope) {
    return joined(rowsOf(ids, scope), scope);
  }

  /** Latents as (batch, codebooks, places, latent). */
  private NDArray projected(NDArray latents, NDManager scope) {
    Kernels kernels = Kernels.shared();
    NDArray split = latents;
    if (settings.codebooks() > 1) {
      NDArray wide =
          kernels.call(
              scope,
              "place_linear",
              latents,
              parameters.get("quantize.project_in.weight"),
              parameters.get("quantize.project_in.bias"));
      NDArray heads = HostNumbers.whole(scope, settings.codebooks());
      split = kernels.call(scope, "split_heads", wide, heads);
    } else {
      split = latents.expandDims(1);
    }
    return settings.normLatents() ? kernels.call(scope, "unit_of", split) : split;
  }

  /** The reverse of {@link #projected}: back to (batch, places, latent). */
  private NDArray joined(NDArray split, NDManager scope) {
    if (settings.codebooks() == 1) {
      return split.squeeze(1);
    }
    Kernels kernels = Kernels.shared();
    return kernels.call(
        scope,
        "place_linear",
        kernels.call(scope, "join_heads", split),
        parameters.get("quantize.project_out.weight"),
        parameters.get("quantize.project_out.bias"));
  }

  private NDArray nearest(NDArray split, NDManager scope) {
    Shape shape = split.getShape();
    return Kernels.shared()
        .call(
            scope,
            cosine ? "cosine_codes" : "euclidean_codes",
            split.reshape(-1, settings.latent()),
            table("embed"))
        .reshape(shape.get(0), shape.get(1), shape.get(2));
  }

  private NDArray rowsOf(NDArray ids, NDManager scope) {
    return Kernels.shared().call(scope, "rows", table("embed"), ids);
  }

  @Override
  public boolean waits() {
    return table("initted").getFloat() == 0;
  }

  @Override
  public void start(List<NDArray> latents, RandomGenerator random, NDManager scope) {
    NDList flat = new NDList();
    latents.forEach(part -> flat.add(projected(part, scope).reshape(-1, settings.latent())));
    startFromClusters(NDArrays.concat(flat), random, scope);
  }

  @Override
  public Quantized train(NDArray latents, RandomGenerator random, Peers peers, NDManager scope) {
    Kernels kernels = Kernels.shared();
    NDArray split = projected(latents, scope);
    NDArray flat = split.reshape(-1, settings.latent()).stopGradient();
    NDArray ids = nearest(split, scope);
    NDArray rows = rowsOf(ids, scope);
    NDArray loss =
        Autograd.scaled(kernels.call(scope, "commitment", split, rows), settings.commitment());
    NDArray through = joined(kernels.call(scope, "straight_through", split, rows), scope);
    return new Quantized(through, ids, loss, Optional.of(flat));
  }

  @Override
  public int learn(List<Quantized> parts, RandomGenerator random, Peers peers, NDManager scope) {
    NDList seen = new NDList();
    NDList ids = new NDList();
    for (Quantized part : parts) {
      seen.add(part.seen().orElseThrow());
      ids.add(part.ids().reshape(-1));
    }
    return Autograd.pause(
        () -> {
          NDArray flat = NDArrays.concat(seen);
          move(flat, NDArrays.concat(ids), peers, scope);
          return dead.replace(flat, parts.size(), random, peers, scope);
        });
  }

  private void move(NDArray flat, NDArray ids, Peers peers, NDManager scope) {
    Kernels kernels = Kernels.shared();
    NDList found =
        kernels.callAll(
            scope,
            cosine ? "direction_sums" : "code_sums",
            flat,
            ids,
            table("embed"),
            table("cluster_size"));
    NDArray hits = found.get(0);
    NDArray sums = found.get(1);
    peers.sum(hits);
    peers.sum(sums);
    NDArray decay = HostNumbers.of(scope, settings.decay());
    NDArray embed = table("embed");
    if (cosine) {
      kernels.call(scope, "cosine_update", embed, table("cluster_size"), hits, sums, decay);
      if (settings.renormalise()) {
        kernels.call(scope, "unit_rows", embed);
      }
    } else {
      kernels.call(
          scope,
          "euclidean_update",
          embed,
          table("cluster_size"),
          table("embed_avg"),
          hits,
          sums,
          decay);
    }
  }

  /** Puts the rows where the latents of the first batch are. */
  private void startFromClusters(NDArray flat, RandomGenerator random, NDManager scope) {
    Kernels kernels = Kernels.shared();
    long[] starts = RandomRows.of((int) flat.getShape().get(0), codes, random);
    NDList clusters =
        kernels.callAll(
            scope,
            "k_means",
            flat,
            kernels.call(scope, "rows", flat, scope.create(starts)),
            HostNumbers.whole(scope, cosine ? 1 : 0),
            HostNumbers.whole(scope, K_MEANS_ROUNDS));
    Parameters.copy(clusters.get(0), table("embed"));
    Parameters.copy(clusters.get(1), table("cluster_size"));
    if (!cosine) {
      NDArray sums = clusters.get(0).mul(clusters.get(1).expandDims(1));
      Parameters.copy(sums, table("embed_avg"));
    }
    Parameters.copy(scope.create(new float[] {1}), table("initted"));
  }
}
