package org.anymod.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shard that samples currently go to, one tar file for each source. */
sealed interface OpenShard extends Closeable {

  void add(int position, String name, Map<String, Entry> entries) throws IOException;

  /** Ends the shard after so many samples. */
  void finish(int samples) throws IOException;

  /** A shard being written. Its files appear together once it is finished. */
  final class Fresh implements OpenShard {
    private final Map<String, ShardFile> files = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    Fresh(Path root, List<String> sources, String file) throws IOException {
      try {
        for (String source : sources) {
          Files.createDirectories(root.resolve(source));
          files.put(source, new ShardFile(root.resolve(source).resolve(file)));
        }
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    @Override
    public void add(int position, String name, Map<String, Entry> entries) throws IOException {
      if (!names.add(name)) {
        throw new DatasetException("two samples are called '" + name + "'");
      }
      for (Map.Entry<String, ShardFile> file : files.entrySet()) {
        Entry entry = entries.get(file.getKey());
        file.getValue().add(name + "." + entry.extension(), entry.bytes());
      }
    }

    @Override
    public void finish(int samples) throws IOException {
      for (ShardFile file : files.values()) {
        file.complete();
      }
      for (ShardFile file : files.values()) {
        file.publish();
      }
    }

    @Override
    public void close() throws IOException {
      for (ShardFile file : files.values()) {
        file.close();
      }
    }
  }

  /** A shard that an earlier run finished. What is added must be what it holds. */
  final class Done implements OpenShard {
    private final Map<String, TarIndex> indices = new LinkedHashMap<>();
    private final String file;

    Done(Path root, List<String> sources, String file) throws IOException {
      this.file = file;
      for (String source : sources) {
        indices.put(source, TarIndex.read(root.resolve(source).resolve(file)));
      }
    }

    @Override
    public void add(int position, String name, Map<String, Entry> entries) throws IOException {
      for (Map.Entry<String, TarIndex> source : indices.entrySet()) {
        TarIndex index = source.getValue();
        Entry entry = entries.get(source.getKey());
        String fileName = name + "." + entry.extension();
        if (position >= index.keys().size()
            || !index.fileName(position).equals(fileName)
            || !Arrays.equals(index.read(position).bytes(), entry.bytes())) {
          throw different(
              source.getKey(),
              "sample "
                  + position
                  + " is to be '"
                  + fileName
                  + "', it "
                  + (position < index.keys().size()
                      ? "holds another '" + index.fileName(position) + "'"
                      : "ends after " + index.keys().size() + " samples"));
        }
      }
    }

    @Override
    public void finish(int samples) throws IOException {
      for (Map.Entry<String, TarIndex> source : indices.entrySet()) {
        int found = source.getValue().keys().size();
        if (found != samples) {
          throw different(
              source.getKey(), "it is to have " + samples + " samples, it has " + found);
        }
      }
    }

    private DatasetException different(String source, String how) {
      return new DatasetException(
          source
              + "/"
              + file
              + " was written by an earlier run with different content: "
              + how
              + "; delete the unfinished dataset or write to another folder");
    }

    @Override
    public void close() {
      // Nothing is kept open.
    }
  }
}
