package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.torch.AdamW;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;

/**
 * Optimiser state divided over ranks (Rajbhandari et al., 2020, ZeRO stage 1): each rank keeps the
 * moments of some weights, updates these, and sends them to the others. Weights are whole, so the
 * numbers are bit for bit those of an optimiser that is not divided.
 */
public final class OptimizerShards implements AutoCloseable {
  private final Communicator group;
  private final Map<String, Integer> owners = new LinkedHashMap<>();
  private final List<NDArray> flat = new ArrayList<>();
  private final TensorScope scope;

  /**
   * Divides weights, the largest first, each to the rank that has least so far.
   *
   * @param group the ranks
   * @param weights trained weights by name, in an order that all ranks share; they move into
   *     buffers of this object
   * @param owner scope in which the buffers are held
   */
  public OptimizerShards(Communicator group, Map<String, NDArray> weights, TensorScope owner) {
    this.group = group;
    this.scope = owner.open();
    long[] loads = new long[group.size()];
    List<Map.Entry<String, NDArray>> largest = new ArrayList<>(weights.entrySet());
    largest.sort(
        Comparator.comparingLong(
            (Map.Entry<String, NDArray> e) -> -e.getValue().getShape().size()));
    for (Map.Entry<String, NDArray> entry : largest) {
      int least = 0;
      for (int i = 1; i < loads.length; i++) {
        least = loads[i] < loads[least] ? i : least;
      }
      loads[least] += entry.getValue().getShape().size();
      owners.put(entry.getKey(), least);
    }
    for (int i = 0; i < loads.length; i++) {
      int rank = i;
      List<NDArray> own =
          weights.entrySet().stream()
              .filter(entry -> owners.get(entry.getKey()) == rank)
              .map(Map.Entry::getValue)
              .toList();
      flat.add(own.isEmpty() ? null : FlatTensors.join(own, scope.manager()));
    }
  }

  /**
   * Returns whether this rank keeps the moments of a weight.
   *
   * @param name name of the weight
   * @return true for one rank only
   */
  public boolean owns(String name) {
    return owners.getOrDefault(name, -1) == group.rank();
  }

  /** Sends the weights that each rank has updated to all others. */
  public void spread() {
    for (int i = 0; i < flat.size(); i++) {
      if (flat.get(i) != null) {
        group.broadcast(flat.get(i), i);
      }
    }
  }

  /**
   * Collects the whole state of the optimiser on rank 0. All ranks call it.
   *
   * @param optimizer the optimiser, of which this rank has a part
   * @param landing owner of what arrives
   * @return all of it on rank 0, in the order of an optimiser that is not divided; on the others
   *     their own part
   */
  public Map<String, NDArray> gather(AdamW optimizer, TensorScope landing) {
    Map<String, NDArray> own = optimizer.state();
    Map<String, NDArray> all = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> entry : optimizer.stateShapes().entrySet()) {
      String name = entry.getKey();
      int from = owners.get(name.substring(name.indexOf('.') + 1));
      NDArray tensor = own.get(name);
      if (tensor == null) {
        try (TensorScope passing = landing.open()) {
          tensor = passing.manager().zeros(entry.getValue());
          group.broadcast(tensor, from);
          if (group.isFirst()) {
            NDArray kept = landing.host().zeros(entry.getValue());
            Parameters.copy(tensor, kept);
            all.put(name, kept);
          }
        }
      } else {
        group.broadcast(tensor, from);
        all.put(name, tensor);
      }
    }
    return all;
  }

  /**
   * Returns how many numbers each rank keeps the moments of.
   *
   * @return one count for each rank
   */
  public long[] loads() {
    return flat.stream().mapToLong(b -> b == null ? 0 : b.getShape().size()).toArray();
  }

  @Override
  public void close() {
    scope.close();
  }

  @Override
  public String toString() {
    return "moments divided as " + Arrays.toString(loads());
  }
}
