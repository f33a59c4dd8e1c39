package org.anymod.sdk.test;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.spi.CodedText;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.TensorScope;

/** The tokenizers that are looked at: how they are made, and values at the size they take. */
record TokenizerSubject(
    Modality modality,
    List<? extends Value> given,
    int resolution,
    int patch,
    int vocabulary,
    Map<String, Object> settings,
    List<? extends Loss> losses) {
  static final long SEED = 23;

  /** Opens a scope for tensors of one check. */
  static TensorScope scope() {
    return TensorScope.on(Device.cpu());
  }

  TokenizerFactory factory() {
    if (modality.representation() instanceof CodedText coded) {
      return coded.tokenizer();
    } else if (modality.representation() instanceof TokenizerFactory factory) {
      return factory;
    }
    throw new AssertionError(
        modality.name()
            + " has no tokenizer: representation() gives neither a TokenizerFactory nor"
            + " a CodedText");
  }

  /** Returns the values as a tokenizer gets them: parts, or pictures at the resolution. */
  List<Value> values() {
    if (modality.representation() instanceof CodedText coded) {
      return given.stream()
          .flatMap(value -> coded.parts(value).orElse(List.of()).stream())
          .map(ValueContent::copy)
          .toList();
    }
    return given.stream().map(this::sized).map(ValueContent::copy).toList();
  }

  private Value sized(Value value) {
    if (value instanceof Value.Raster || value instanceof Value.ClassMap) {
      int[] size = Subject.pictureSize(value, resolution);
      return modality.crop(value, Crop.centerSquare(size[0], size[1]), resolution);
    }
    return value;
  }

  Declaration declaration() {
    if (modality.representation() instanceof CodedText coded) {
      Kind.TokenGrid codes = coded.partCodes();
      return Declaration.inputAndOutput(
          modality.name(),
          new Kind.TokenGrid(codes.rows(), codes.columns(), vocabulary, codes.positions()));
    }
    String key = modality.name() + "@" + resolution;
    return modality.declare(
        new DeclarationRequest(key, resolution, patch, OptionalInt.of(vocabulary)));
  }

  ValueSpec spec() {
    return modality.representation() instanceof CodedText coded ? coded.part() : modality.value();
  }

  Tokenizer create(TensorScope scope) {
    return create(scope, SEED, Map.of());
  }

  Tokenizer create(TensorScope scope, long seed, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(more);
    int side = modality.representation() instanceof CodedText coded ? coded.partSide() : resolution;
    return factory()
        .create(
            new ContractContext(
                declaration(), spec(), side, Map.copyOf(all), seed, scope.manager(), losses));
  }

  /** Returns copies of arrays, owned by a manager. */
  static Map<String, NDArray> copy(Map<String, NDArray> state, NDManager owner) {
    Map<String, NDArray> copy = new LinkedHashMap<>();
    state.forEach(
        (name, array) -> {
          NDArray twin = array.stopGradient().duplicate();
          twin.attach(owner);
          copy.put(name, twin);
        });
    return copy;
  }

  /** Returns the bits of arrays by name. */
  static Map<String, List<Integer>> bits(Map<String, NDArray> state) {
    Map<String, List<Integer>> bits = new LinkedHashMap<>();
    state.forEach(
        (name, array) -> {
          try (NDArray plain = array.stopGradient();
              NDArray numbers = plain.toType(DataType.FLOAT32, true)) {
            float[] floats = numbers.toFloatArray();
            Integer[] ints = new Integer[floats.length];
            Arrays.setAll(ints, i -> Float.floatToRawIntBits(floats[i]));
            bits.put(name, Arrays.asList(ints));
          }
        });
    return bits;
  }
}
