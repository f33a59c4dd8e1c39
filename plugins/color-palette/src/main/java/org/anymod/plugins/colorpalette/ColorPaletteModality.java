package org.anymod.plugins.colorpalette;

import java.util.List;
import java.util.Optional;
import org.anymod.media.JsonCodec;
import org.anymod.media.Renderings;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InputForm;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.StructuredSpec;

/**
 * Colour palettes: a sequence of at most 23 tokens of the shared text vocabulary.
 *
 * <p>Files: {@code color_palette/<name>.json}, a list whose first element is an object with the
 * keys "1" to "7"; key k holds the k colours that stand best for the picture, red, green, blue, 0
 * to 255. Palettes belong to the whole picture and are the same for every crop. Can be computed
 * from pictures. Shown as stripes, the largest palette of a picture.
 */
public final class ColorPaletteModality implements Modality {
  private static final int MAX_TOKENS = 23;
  private static final int STRIPE = 25;

  private final StructuredSpec value = new PaletteSpec();
  private final Codec codec = new JsonCodec(value);
  private final Representation text = new PaletteText();
  private final Metric metric = new PaletteMetric();
  private final Labeler labeler = new PaletteLabeler();
  private final InputForm form = new InputForm.Colors(Palettes.MAX_COLORS, Palettes::chosen);

  /** Creates the modality. */
  public ColorPaletteModality() {}

  @Override
  public String name() {
    return "color_palette";
  }

  @Override
  public String source() {
    return "color_palette";
  }

  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(MAX_TOKENS, MAX_TOKENS));
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Representation representation() {
    return text;
  }

  @Override
  public Renderer renderer() {
    return ColorPaletteModality::render;
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return List.of(labeler);
  }

  @Override
  public Optional<InputForm> inputForm() {
    return Optional.of(form);
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
