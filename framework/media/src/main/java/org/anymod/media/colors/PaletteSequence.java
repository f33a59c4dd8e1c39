package org.anymod.media.colors;

import java.util.List;
import java.util.Optional;
import org.anymod.media.DocumentSequence;
import org.anymod.media.Renderings;
import org.anymod.spi.InputForm;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/**
 * Palettes of a picture as text, one of them at a time (arXiv 2406.09406, appendix D).
 *
 * <p>Files: {@code <name>/<sample>.json}, a list whose first element is an object with the keys "1"
 * to "7"; key k holds the k colours that stand best for the picture, red, green, blue, 0 to 255.
 * Palettes belong to the whole picture and are the same for every crop. Can be computed from
 * pictures. Shown as stripes, the largest palette of a picture.
 */
public class PaletteSequence extends DocumentSequence {
  private static final int STRIPE = 25;

  private final Labeler labeler;

  /**
   * Creates the modality.
   *
   * @param name name of the modality and of its files' folder
   * @param maxTokens largest number of tokens
   * @param from source of the pictures that palettes are computed from
   */
  public PaletteSequence(String name, int maxTokens, String from) {
    super(
        name,
        new Kind.TextSequence(maxTokens, maxTokens),
        new PaletteSpec(),
        new Parts(new PaletteText(), PaletteSequence::render, new PaletteMetric()));
    labeler = new PaletteFinder(from);
  }

  @Override
  public final List<Labeler> labelers() {
    return List.of(labeler);
  }

  @Override
  public final Optional<InputForm> inputForm() {
    return Optional.of(new InputForm.Colors(Palettes.MAX_COLORS, Palettes::chosen));
  }

  private static Rendering render(Value value) {
    List<Integer> colors =
        Palettes.of(value).largest().stream()
            .map(c -> level(c[0]) << 16 | level(c[1]) << 8 | level(c[2]))
            .toList();
    return new Rendering.Picture(Renderings.stripes(colors, STRIPE));
  }

  private static int level(double value) {
    return (int) Math.rint(value);
  }
}
