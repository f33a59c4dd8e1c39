package org.anymod.plugins.caption;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.TextCodec;
import org.anymod.media.TextMetric;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;

/**
 * Captions: a sequence of at most 256 tokens of the shared text vocabulary.
 *
 * <p>Files: {@code caption/<name>.txt}, the whole file a caption; {@code .json} or {@code .json.gz}
 * with a string, an object with the key {@code caption} or a list of these, of which the first
 * counts. Where there are none, captions can be written from segmentation maps. A caption belongs
 * to the whole picture and is the same for every crop.
 */
public final class CaptionModality implements Modality {
  static final int MAX_CHARACTERS = 10_000;

  private static final int MAX_TOKENS = 256;

  private final Codec codec = new TextCodec("caption");
  private final Representation text = new CaptionText();
  private final Metric metric = new TextMetric();

  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config how captions are written from segmentation maps
   */
  @Inject
  public CaptionModality(CaptionConfig config) {
    this.labelers = config.classes().isEmpty() ? List.of() : List.of(new ClassCaption(config));
  }

  @Override
  public String name() {
    return "caption";
  }

  @Override
  public String source() {
    return "caption";
  }

  @Override
  public ValueSpec value() {
    return new ValueSpec.TextSpec(MAX_CHARACTERS);
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
    return value -> new Rendering.Words(ValueTypes.text(value).text());
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return labelers;
  }
}
