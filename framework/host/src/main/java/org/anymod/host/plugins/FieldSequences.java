package org.anymod.host.plugins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anymod.media.fields.FieldSequence;
import org.anymod.spi.Field;
import org.anymod.spi.FieldGroup;
import org.anymod.spi.Modality;

/** Joins the groups of fields that plugins contribute to the same sequence into one modality. */
final class FieldSequences {
  private final Map<String, List<Part>> sequences = new LinkedHashMap<>();

  /** A group and who contributes it. */
  record Part(FieldGroup group, Modality modality, PluginInfo plugin) {}

  /** Returns what the modalities of a plugin contribute. */
  static List<Part> of(Collection<LoadedModality> modalities, PluginInfo plugin) {
    List<Part> parts = new ArrayList<>();
    for (LoadedModality loaded : modalities) {
      Modality modality = loaded.modality();
      modality.fieldGroup().ifPresent(group -> parts.add(new Part(group, modality, plugin)));
    }
    return parts;
  }

  /**
   * Adds what a plugin contributes.
   *
   * @param taken names of all modalities so far, those of the plugin included
   * @throws PluginFault with code DUPLICATE_MODALITY or DUPLICATE_FIELD; nothing is added then
   */
  void add(List<Part> parts, Set<String> taken) throws PluginFault {
    Map<String, List<Part>> wanted = new LinkedHashMap<>();
    for (Part part : parts) {
      String sequence = part.group().sequence();
      ModalityCheck.checkName("fieldGroup().sequence()", part.modality(), sequence);
      if (taken.contains(sequence)) {
        throw new PluginFault(
            PluginError.DUPLICATE_MODALITY,
            "contributes fields to '"
                + sequence
                + "', but a modality has that name; choose another sequence");
      }
      List<Part> before =
          wanted.computeIfAbsent(
              sequence, s -> new ArrayList<>(sequences.getOrDefault(s, List.of())));
      checkFields(part, before);
      before.add(part);
    }
    sequences.putAll(wanted);
  }

  private static void checkFields(Part part, List<Part> before) throws PluginFault {
    for (Part other : before) {
      for (Field field : part.group().fields()) {
        for (Field theirs : other.group().fields()) {
          if (field.id() == theirs.id() || field.name().equals(theirs.name())) {
            throw new PluginFault(
                PluginError.DUPLICATE_FIELD,
                "contributes field "
                    + text(field)
                    + " to '"
                    + part.group().sequence()
                    + "', which has field "
                    + text(theirs)
                    + " of plugin "
                    + other.plugin().id()
                    + " already; ids and names must be unique, so change it or remove one of the"
                    + " plugins");
          }
        }
      }
    }
  }

  private static String text(Field field) {
    return field.id() + " '" + field.name() + "'";
  }

  /** Returns who contributes to a sequence; empty if there is none of that name. */
  Optional<String> owners(String sequence) {
    return Optional.ofNullable(sequences.get(sequence)).map(FieldSequences::plugins);
  }

  private static String plugins(List<Part> parts) {
    return parts.stream()
        .map(part -> part.plugin().id())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * Makes the joint modalities.
   *
   * @throws PluginFault with code CONTRADICTION
   */
  List<LoadedModality> joined() throws PluginFault {
    List<LoadedModality> joined = new ArrayList<>();
    for (Map.Entry<String, List<Part>> entry : sequences.entrySet()) {
      List<Part> parts = entry.getValue();
      List<FieldGroup> groups = parts.stream().map(Part::group).toList();
      Modality modality = new FieldSequence(entry.getKey(), entry.getKey(), groups);
      ModalityCheck.check(modality);
      List<String> names = parts.stream().map(part -> part.modality().name()).toList();
      joined.add(new LoadedModality(modality, plugins(parts), "", names));
    }
    return joined;
  }
}
