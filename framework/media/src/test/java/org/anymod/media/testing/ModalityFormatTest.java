package org.anymod.media.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Representation;
import org.anymod.spi.TextForm;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;
import org.junit.jupiter.api.Test;

/**
 * What the files and tokens of a modality must stand: values come back from their files, and from
 * their tokens within the stated loss; a reader answers any bytes with a value or a message, in
 * bounded memory. A plugin's test says which modality, and how its values are drawn where that does
 * not follow from their specification.
 */
public abstract class ModalityFormatTest {
  private static final int ROUNDS = 40;
  private static final int TOLD = 24;
  private static final int FILES = 8;
  private static final int DAMAGED = 400;
  private static final long MEMORY = 256L << 20;

  /** Makes the modality. */
  protected abstract Modality modality();

  /**
   * Draws a value that fits the modality. Rounds 0 to 3 give edges: the smallest value, the ends of
   * declared ranges.
   */
  protected Value draw(Random random, int round) {
    return RandomValues.of(modality().value(), random, round);
  }

  /** Largest difference of a number after it was in a file, half a level of a picture. */
  protected double fileLoss() {
    return 0;
  }

  /** Files in other forms than the modality writes, to be damaged too. */
  protected List<byte[]> otherFiles() {
    return List.of();
  }

  /** Checks what is left of a value after it was told as text: by default all of it. */
  protected void checkTold(Value value, Value read) {
    assertThat(read).isEqualTo(value);
  }

  /** Settings of a small tokenizer. */
  protected Map<String, Object> tokenizerSettings() {
    return Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 8);
  }

  /** Rows and columns of a value that a tokenizer takes at a resolution of 16 pixels. */
  protected int inputSide() {
    return SmallTokenizer.RESOLUTION;
  }

  @Test
  void valuesSurviveTheirFile() throws InvalidDataException {
    Modality modality = modality();
    for (int round = 0; round < ROUNDS; round++) {
      Value value = draw(new Random(round), round);
      assertThat(modality.value().violation(value)).as("round %d", round).isEmpty();
      byte[] file = modality.codec().encode(value);
      Value read = modality.codec().decode(file);
      assertThat(modality.value().violation(read)).as("round %d", round).isEmpty();
      RandomValues.assertClose(value, read, fileLoss(), "round " + round);
      assertThat(modality.codec().encode(read))
          .as("round %d, written again", round)
          .isEqualTo(file);
    }
  }

  @Test
  void valuesSurviveTheirTokensWithinTheirLoss() {
    Representation form = modality().representation();
    if (form instanceof TextForm text) {
      told(text);
    } else if (form instanceof TokenizerFactory factory) {
      SmallTokenizer.check(modality(), factory, tokenizerSettings(), inputSide());
    } else if (form instanceof PixelScaling scaling) {
      scaled(scaling);
    } else if (form instanceof VectorForm vectors) {
      seen(vectors);
    }
  }

  private void told(TextForm text) {
    for (int round = 0; round < TOLD; round++) {
      Value value = draw(new Random(round), round);
      Value read = text.read(String.join(" ", text.write(value, new Random(round))));
      assertThat(modality().value().violation(read)).as("round %d", round).isEmpty();
      checkTold(value, read);
    }
  }

  private void scaled(PixelScaling scaling) {
    Value.Raster value = (Value.Raster) draw(new Random(5), 5);
    Value.Raster scaled = scaling.scale(value);
    int plane = value.height() * value.width();
    for (int i = 0; i < value.data().length; i++) {
      float back =
          scaled.data()[i] * scaling.deviation().get(i / plane) + scaling.mean().get(i / plane);
      assertThat(Math.abs(back - value.data()[i])).isLessThan(1e-6f);
    }
  }

  private void seen(VectorForm form) {
    int longest = SmallTokenizer.declare(modality()).kind().maxTokens();
    for (int round = 0; round < TOLD; round++) {
      Value.Vectors vectors = form.vectors(draw(new Random(round), round));
      assertThat(vectors.count()).isLessThanOrEqualTo(longest);
      for (float number : vectors.data()) {
        assertThat(Float.isFinite(number)).isTrue();
      }
    }
  }

  @Test
  void anyBytesGiveAValueOrAMessage() {
    Modality modality = modality();
    AllocatedMemory memory = new AllocatedMemory();
    List<byte[]> files = new ArrayList<>(otherFiles());
    for (int i = 0; i < FILES; i++) {
      files.add(modality.codec().encode(draw(new Random(i), i)));
    }
    for (int round = 0; round < DAMAGED; round++) {
      Random random = new Random(round);
      byte[] damaged = Damage.of(files.get(random.nextInt(files.size())), random, round);
      long before = memory.bytes();
      try {
        Value value = modality.codec().decode(damaged);
        assertThat(modality.value().violation(value)).as("round %d", round).isEmpty();
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).as("round %d", round).isNotBlank();
      }
      assertThat(memory.bytes() - before).as("bytes in round %d", round).isLessThan(MEMORY);
    }
  }
}
