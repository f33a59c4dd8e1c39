package org.anymod.core.checkpoint;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which tensors of a model a training leaves as they are, by name.
 *
 * @param names names of the frozen tensors
 */
public record FrozenTensors(Set<String> names) {
  /** Metadata key under which an extended checkpoint lists its new tensors, one a line. */
  static final String NEW_TENSORS = "anymod.new_tensors";

  /** Makes the set unmodifiable. */
  public FrozenTensors {
    names = Set.copyOf(names);
  }

  /**
   * Returns the rule that freezes nothing.
   *
   * @return an empty rule
   */
  public static FrozenTensors none() {
    return new FrozenTensors(Set.of());
  }

  /**
   * Returns the rule that freezes what was learned before: all tensors of a checkpoint, except
   * those that {@link CheckpointExtension} put there fresh or lengthened.
   *
   * @param file the checkpoint from which a training begins
   * @return the rule
   */
  public static FrozenTensors old(CheckpointFile file) {
    return old(file.names(), file.metadata());
  }

  static FrozenTensors old(Set<String> names, Map<String, String> metadata) {
    Set<String> old = new LinkedHashSet<>(names);
    Arrays.asList(metadata.getOrDefault(NEW_TENSORS, "").split("\n")).forEach(old::remove);
    return new FrozenTensors(old);
  }

  /**
   * Returns the rule that also freezes what another freezes.
   *
   * @param other another rule
   * @return a rule with the names of both
   */
  public FrozenTensors and(FrozenTensors other) {
    Set<String> both = new LinkedHashSet<>(names);
    both.addAll(other.names);
    return new FrozenTensors(both);
  }

  /**
   * Returns whether a tensor is trained.
   *
   * @param name its name
   * @return false if it is frozen
   */
  public boolean isTrained(String name) {
    return !names.contains(name);
  }

  /**
   * Returns the tensors that are trained.
   *
   * @param all names of tensors that can be trained
   * @return those that are not frozen, in the same order
   */
  public Set<String> trained(Collection<String> all) {
    Set<String> trained = new LinkedHashSet<>(all);
    trained.removeAll(names);
    return trained;
  }
}
