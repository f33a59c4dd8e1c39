package org.anymod.media.fields;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.anymod.media.ComposedModality;
import org.anymod.media.JsonCodec;
import org.anymod.media.ModalityParts;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;
import org.anymod.spi.InputForm;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;

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
public class FieldSequence extends ComposedModality {
  private final List<FieldGroup> groups;
  private final int maxTokens;

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
    super(name, source, parts(name, groups));
    this.groups = List.copyOf(groups);
    maxTokens =
        isAlone(name, groups)
            ? 2 * fields(groups).size() + 1
            : groups.stream().mapToInt(FieldGroup::maxTokens).reduce(0, Math::addExact);
  }

  private static ModalityParts parts(String name, List<FieldGroup> groups) {
    check(name, groups);
    List<Field> fields = fields(groups);
    FieldSpec value = new FieldSpec(fields);
    return new ModalityParts(
        value,
        new JsonCodec(value),
        new FieldText(fields),
        new FieldTable(fields),
        new FieldMetric(fields),
        makeLabelers(name, groups, fields));
  }

  private static void check(String name, List<FieldGroup> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(name + ": there are no groups, at least one is needed");
    }
    for (FieldGroup group : groups) {
      if (groups.size() > 1 && !group.sequence().equals(name)) {
        throw new IllegalArgumentException(
            name + ": a group belongs to the sequence '" + group.sequence() + "'");
      }
    }
    FieldGroup.checkDifferent(name, fields(groups));
  }

  private static List<Field> fields(List<FieldGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.fields().stream())
        .sorted(Comparator.comparingInt(Field::id))
        .toList();
  }

  private static boolean isAlone(String name, List<FieldGroup> groups) {
    return !groups.get(0).sequence().equals(name);
  }

  private static List<Labeler> makeLabelers(
      String name, List<FieldGroup> groups, List<Field> fields) {
    List<Labeler> made = new ArrayList<>();
    if (isAlone(name, groups)) {
      made.add(new FieldSelection(groups.get(0).sequence(), fields));
    }
    List<FieldGroup.FieldLabeler> parts =
        groups.stream().flatMap(group -> group.labelers().stream()).toList();
    if (!parts.isEmpty()) {
      made.add(new FieldLabeling(fields, parts));
    }
    return made;
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(maxTokens, maxTokens));
  }

  /** A number for each field. */
  @Override
  public final Optional<InputForm> inputForm() {
    return Optional.of(new InputForm.Numbers(fields(groups)));
  }

  /** The one group of a sequence that stands alone; none of the joint sequence. */
  @Override
  public final Optional<FieldGroup> fieldGroup() {
    return isAlone(name(), groups) ? Optional.of(groups.get(0)) : Optional.empty();
  }
}
