package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one source in a folder dataset.
 *
 * @param files extension with its dot, as written in the file's name, by name of the sample
 * @param extensions how many files of each extension there are, those that are no samples included
 * @param bytes total size of the samples
 */
record FolderScan(Map<String, String> files, SortedMap<String, Integer> extensions, long bytes) {

  static FolderScan scan(Path root, String source) throws IOException {
    SampleName.checkSource(source);
    Visitor visitor = new Visitor(root.toRealPath(), root.resolve(source));
    Files.walkFileTree(
        root.resolve(source), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    return new FolderScan(visitor.files, visitor.extensions, visitor.bytes);
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path realRoot;
    private final Path folder;
    private final Map<String, String> files = new HashMap<>();
    private final SortedMap<String, Integer> extensions = new TreeMap<>();
    private long bytes;

    Visitor(Path realRoot, Path folder) {
      this.realRoot = realRoot;
      this.folder = folder;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      SafePath.check(realRoot, directory);
      boolean hidden =
          !directory.equals(folder) && directory.getFileName().toString().startsWith(".");
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String path = folder.relativize(file).toString().replace('\\', '/');
      if (file.getFileName().toString().startsWith(".") || path.equals(TokenContract.FILE)) {
        return FileVisitResult.CONTINUE;
      }
      if (Files.isSymbolicLink(file)) {
        SafePath.check(realRoot, file);
      }
      extensions.merge(FileExtension.of(path), 1, Integer::sum);
      if (FileExtension.isAccepted(path)) {
        add(path);
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(String path) throws DatasetException {
      int end = path.length() - FileExtension.of(path).length() - 1;
      String name = path.substring(0, end);
      String other = files.put(name, path.substring(end));
      if (other != null) {
        throw new DatasetException(
            folder
                + " has two files of the sample '"
                + name
                + "': "
                + other
                + " and "
                + path.substring(end)
                + "; allowed: one file for each sample and source");
      }
    }
  }
}
