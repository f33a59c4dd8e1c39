package org.anymod.media.text;

import java.util.List;
import org.anymod.media.ComposedModality;
import org.anymod.media.ModalityParts;
import org.anymod.media.PlainText;
import org.anymod.media.TextCodec;
import org.anymod.media.TextMetric;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Plain texts as sequences of the shared text vocabulary.
 *
 * <p>Files: {@code <name>/<sample>.txt}, the whole file a text; {@code .json} or {@code .json.gz}
 * with a string, an object with a given key or a list of these, of which the first counts unless
 * {@link TextRules#choice()} says otherwise. A text belongs to the whole sample and is the same for
 * every crop, unless texts are aligned with crops. Measured by their words.
 */
public class PlainTextSequence extends ComposedModality {
  private final int maxTokens;
  private final TextChoice choice;

  /**
   * Creates the modality.
   *
   * @param name name of the modality and of its files' folder
   * @param maxTokens largest number of tokens
   * @param rules how texts are read and used
   */
  public PlainTextSequence(String name, int maxTokens, TextRules rules) {
    super(name, name, parts(rules));
    this.maxTokens = maxTokens;
    choice = rules.choice();
  }

  private static ModalityParts parts(TextRules rules) {
    boolean first = rules.choice() == TextChoice.FIRST;
    int longest = rules.maxCharacters();
    return new ModalityParts(
        first ? new ValueSpec.TextSpec(longest) : new TextListSpec(longest),
        first ? new TextCodec(rules.key()) : TextCodec.ofLists(rules.key()),
        new PlainText(longest, rules.choice() == TextChoice.RANDOM, rules.maxWords()),
        texts -> new Rendering.Words(String.join("\n", ValueTypes.texts(texts))),
        new TextMetric());
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(maxTokens, maxTokens));
  }

  @Override
  public final boolean followsCrop() {
    return choice == TextChoice.CROP;
  }

  /**
   * Takes the text with the number of the crop where there are several that are aligned.
   *
   * @throws IllegalArgumentException if there are several, but fewer than crops
   */
  @Override
  public final Value crop(Value value, Crop crop, int size) {
    List<String> texts = ValueTypes.texts(value);
    if (!followsCrop() || texts.size() == 1) {
      return value;
    }
    if (crop.index() >= texts.size()) {
      throw new IllegalArgumentException(
          "there are "
              + texts.size()
              + " texts, none for crop number "
              + crop.index()
              + "; give one for each crop, or only one");
    }
    return new Value.Text(texts.get(crop.index()));
  }
}
