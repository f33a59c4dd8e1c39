package org.anymod.plugins.caption;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.PlainText;
import org.anymod.media.TextCodec;
import org.anymod.media.TextMetric;
import org.anymod.media.ValueTypes;
import org.anymod.plugins.caption.CaptionConfig.Lists;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Captions: a sequence of at most 256 tokens of the shared text vocabulary.
 *
 * <p>Files: {@code caption/<name>.txt}, the whole file a caption; {@code .json} or {@code .json.gz}
 * with a string, an object with the key {@code caption} or a list of these, of which the first
 * counts unless {@link CaptionConfig} says otherwise. Where there are none, captions can be written
 * from segmentation maps. A caption belongs to the whole picture and is the same for every crop,
 * unless captions are aligned with crops.
 */
public final class CaptionModality implements Modality {
  private static final String NAME = "caption";
  private static final int MAX_CHARACTERS = 10_000;
  private static final int MAX_TOKENS = 256;

  private final Metric metric = new TextMetric();
  private final Lists lists;
  private final ValueSpec value;
  private final Codec codec;
  private final Representation text;
  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config which captions are used, and how they are written from segmentation maps
   */
  @Inject
  public CaptionModality(CaptionConfig config) {
    lists = config.lists();
    boolean first = lists == Lists.FIRST;
    value = first ? new ValueSpec.TextSpec(MAX_CHARACTERS) : new CaptionsSpec(MAX_CHARACTERS);
    codec = first ? new TextCodec(NAME) : TextCodec.ofLists(NAME);
    text = new PlainText(MAX_CHARACTERS, lists == Lists.RANDOM, 0);
    labelers = config.classes().isEmpty() ? List.of() : List.of(new ClassCaption(config));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String source() {
    return NAME;
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
    return value -> new Rendering.Words(String.join("\n", ValueTypes.texts(value)));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return labelers;
  }

  @Override
  public boolean followsCrop() {
    return lists == Lists.CROP;
  }

  /**
   * Takes the caption with the number of the crop where there are several that are aligned.
   *
   * @throws IllegalArgumentException if there are several, but fewer than crops
   */
  @Override
  public Value crop(Value value, Crop crop, int size) {
    List<String> captions = ValueTypes.texts(value);
    if (lists != Lists.CROP || captions.size() == 1) {
      return value;
    }
    if (crop.index() >= captions.size()) {
      throw new IllegalArgumentException(
          "there are "
              + captions.size()
              + " captions, none for crop number "
              + crop.index()
              + "; give one for each crop, or only one");
    }
    return new Value.Text(captions.get(crop.index()));
  }
}
