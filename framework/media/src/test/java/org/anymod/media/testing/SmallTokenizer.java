package org.anymod.media.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.anymod.spi.CodedText;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Values through a real tokenizer of a modality, small and not trained. */
public final class SmallTokenizer {
  static final int RESOLUTION = 16;
  private static final int PATCH = 8;
  private static final int VOCABULARY = 16;
  private static final int VALUES = 3;

  private SmallTokenizer() {}

  /** What a host gives. */
  private record Context(
      NDManager manager,
      Declaration declaration,
      ValueSpec value,
      int resolution,
      Map<String, Object> settings)
      implements TokenizerContext {

    @Override
    public long seed() {
      return 7;
    }

    @Override
    public Loss loss(String name) {
      return new Untrained(name);
    }
  }

  /** Tokenizers ask for their loss before they are trained; here none is. */
  private record Untrained(String name) implements Loss {
    @Override
    public NDArray evaluate(NDArray prediction, NDArray target) {
      throw new IllegalStateException("nothing is trained here");
    }
  }

  /** Makes the tokenizer of a text's parts. */
  public static Tokenizer ofParts(CodedText text, Map<String, Object> settings, NDManager manager) {
    Declaration declaration = Declaration.inputAndOutput("parts", text.partCodes());
    return text.tokenizer()
        .create(new Context(manager, declaration, text.part(), text.partSide(), settings));
  }

  static Declaration declare(Modality modality) {
    return modality.declare(
        new DeclarationRequest(modality.name(), RESOLUTION, PATCH, OptionalInt.of(VOCABULARY)));
  }

  /**
   * Checks that tokens have the declared number and range, depend on nothing but value and seed,
   * and stand for values of the same shape that fit the modality.
   */
  static void check(
      Modality modality, TokenizerFactory factory, Map<String, Object> settings, int side) {
    Declaration declaration = declare(modality);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      values.add(RandomValues.of(modality.value(), new Random(i), side, side, 4 + i));
    }
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      Context context = new Context(manager, declaration, modality.value(), RESOLUTION, settings);
      try (Tokenizer tokenizer = factory.create(context);
          Tokenizer twin = factory.create(context)) {
        int[][] codes = tokenizer.encode(values);
        assertThat(codes).hasDimensions(VALUES, declaration.kind().maxTokens());
        for (int[] row : codes) {
          for (int code : row) {
            assertThat(code).isBetween(0, VOCABULARY - 1);
          }
        }
        assertThat(twin.encode(values)).as("of the same seed").isDeepEqualTo(codes);
        assertThat(tokenizer.encode(values.subList(2, 3))[0]).as("alone").isEqualTo(codes[2]);
        checkDecoded(modality, values, tokenizer.decode(codes));
      }
    }
  }

  private static void checkDecoded(Modality modality, List<Value> values, List<Value> decoded) {
    assertThat(decoded).hasSameSizeAs(values);
    for (int i = 0; i < decoded.size(); i++) {
      assertThat(modality.value().violation(decoded.get(i))).isEmpty();
      if (values.get(i) instanceof Value.ClassMap map) {
        assertThat(((Value.ClassMap) decoded.get(i)).data()).hasSameSizeAs(map.data());
      } else {
        RandomValues.assertClose(values.get(i), decoded.get(i), Double.MAX_VALUE, "shape");
      }
    }
  }
}
