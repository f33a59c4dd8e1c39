package org.anymod.core.checkpoint;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.anymod.torch.SafeTensors.Entry;
import org.anymod.torch.SafeTensorsFile;

/**
 * An open file of model weights, whether it was published or trained here. Its metadata hold the
 * model's configuration, and may name tensors that are stored once under another name. For use by
 * one thread at a time.
 */
public final class CheckpointFile implements AutoCloseable {
  private final SafeTensorsFile file;
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Set<String> names;

  private CheckpointFile(SafeTensorsFile file) {
    this.file = file;
    Set<String> stored = file.header().tensors().keySet();
    file.header()
        .metadata()
        .forEach(
            (key, value) -> {
              boolean alias = !stored.contains(key) && stored.contains(value);
              (alias ? aliases : metadata).put(key, value);
            });
    Set<String> all = new LinkedHashSet<>(stored);
    all.addAll(aliases.keySet());
    this.names = Collections.unmodifiableSet(all);
  }

  /**
   * Opens a file and checks its header; tensors are read when they are asked for.
   *
   * @param path a safetensors file
   * @return the open file
   * @throws IOException if it cannot be read or is no such file; the message names it
   */
  public static CheckpointFile open(Path path) throws IOException {
    return new CheckpointFile(SafeTensorsFile.open(path));
  }

  /**
   * Returns where the file is.
   *
   * @return its path
   */
  public Path path() {
    return file.path();
  }

  /**
   * Returns the metadata that are no aliases.
   *
   * @return texts by key, not modifiable; {@link MetadataText#parse} gives their meaning
   */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * Returns the names of tensors that are stored under another name.
   *
   * @return the name in the file by removed name, not modifiable
   */
  public Map<String, String> aliases() {
    return Collections.unmodifiableMap(aliases);
  }

  /**
   * Returns the names of all tensors, aliases last.
   *
   * @return the names, not modifiable
   */
  public Set<String> names() {
    return names;
  }

  /**
   * Returns type and shape of a tensor.
   *
   * @param name one of {@link #names()}
   * @return where it lies
   * @throws IllegalArgumentException if there is none of this name
   */
  public Entry entry(String name) {
    return file.entry(stored(name));
  }

  /** The name under which a tensor is stored. */
  String stored(String name) {
    return aliases.getOrDefault(name, name);
  }

  SafeTensorsFile file() {
    return file;
  }

  void fill(String name, NDArray target) throws IOException {
    file.fill(stored(name), target);
  }

  void fillStart(String name, NDArray target) throws IOException {
    file.fillStart(stored(name), target);
  }

  float[] firstValues(String name, int most) throws IOException {
    return file.firstValues(stored(name), most);
  }

  /** Whether two tensors have the same type, shape and bytes. */
  boolean isSame(String name, String other) throws IOException {
    return stored(name).equals(stored(other)) || file.isSame(stored(name), stored(other));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
