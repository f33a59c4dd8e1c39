package org.anymod.media.fields;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.anymod.media.JsonCodec;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;
import org.anymod.spi.InputForm;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.StructuredSpec;

/**
 * Named numbers about a sample as a sequence of text (arXiv 2406.09406, appendix C): each number is
 * the pair of words {@code v1=<id> v0=<bin>}, a chunk of its own that masking keeps or hides as a
 * whole.
 *
 * <p>Files: a flat JSON object from field name to number. Every field may be missing; unknown names
 * are refused. The numbers belong to the whole sample and are the same for every crop. Where there
 * are no files, fields are computed by the labelers of their groups; a sequence that stands alone
 * also takes its fields from files of the joint one.
 */
public class FieldSequence implements Modality {
  private final String name;
  private final String source;
  private final List<FieldGroup> groups;
  private final int maxTokens;
  private final StructuredSpec value;
  private final Codec codec;
  private final Representation text;
  private final Metric metric;
  private final Renderer renderer;
  private final List<Labeler> labelers;

  /**
   * Creates the modality of one or more groups.
   *
   * @param name name of the modality; another one than that of the groups' sequence means that the
   *     one group stands alone
   * @param source source of its files
   * @param groups the groups, all of the same sequence
   * @throws IllegalArgumentException if there are no groups, several that do not make up the
   *     sequence of this name, or two of their fields have the same number or name
   */
  public FieldSequence(String name, String source, List<FieldGroup> groups) {
    this.name = name;
    this.source = source;
    this.groups = List.copyOf(groups);
    checkGroups();
    List<Field> fields = fields();
    maxTokens =
        isAlone()
            ? 2 * fields.size() + 1
            : groups.stream().mapToInt(FieldGroup::maxTokens).reduce(0, Math::addExact);
    value = new FieldSpec(fields);
    codec = new JsonCodec(value);
    text = new FieldText(fields);
    metric = new FieldMetric(fields);
    renderer = new FieldTable(fields);
    labelers = makeLabelers(fields);
  }

  private void checkGroups() {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(name + ": there are no groups, at least one is needed");
    }
    for (FieldGroup group : groups) {
      if (groups.size() > 1 && !group.sequence().equals(name)) {
        throw new IllegalArgumentException(
            name + ": a group belongs to the sequence '" + group.sequence() + "'");
      }
    }
    FieldGroup.checkDifferent(name, fields());
  }

  private List<Field> fields() {
    return groups.stream()
        .flatMap(group -> group.fields().stream())
        .sorted(Comparator.comparingInt(Field::id))
        .toList();
  }

  private boolean isAlone() {
    return !groups.get(0).sequence().equals(name);
  }

  private List<Labeler> makeLabelers(List<Field> fields) {
    List<Labeler> made = new ArrayList<>();
    if (isAlone()) {
      made.add(new FieldSelection(groups.get(0).sequence(), fields));
    }
    List<FieldGroup.FieldLabeler> parts =
        groups.stream().flatMap(group -> group.labelers().stream()).toList();
    if (!parts.isEmpty()) {
      made.add(new FieldLabeling(fields, parts));
    }
    return List.copyOf(made);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String source() {
    return source;
  }

  @Override
  public final ValueSpec value() {
    return value;
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(maxTokens, maxTokens));
  }

  @Override
  public final Codec codec() {
    return codec;
  }

  @Override
  public final Representation representation() {
    return text;
  }

  @Override
  public final Renderer renderer() {
    return renderer;
  }

  @Override
  public final Metric metric() {
    return metric;
  }

  @Override
  public final List<Labeler> labelers() {
    return labelers;
  }

  /** A number for each field. */
  @Override
  public final Optional<InputForm> inputForm() {
    return Optional.of(new InputForm.Numbers(fields()));
  }

  /** The one group of a sequence that stands alone; none of the joint sequence. */
  @Override
  public final Optional<FieldGroup> fieldGroup() {
    return isAlone() ? Optional.of(groups.get(0)) : Optional.empty();
  }
}
