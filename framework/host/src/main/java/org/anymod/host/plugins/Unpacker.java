package org.anymod.host.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks the JARs of zipped plugins into a temporary folder that goes away with this object. */
final class Unpacker implements AutoCloseable {
  private static final Pattern JAR = Pattern.compile("(?:[^/\\\\]+/)?lib/([^/\\\\]+\\.jar)");
  private static final long LARGEST = 1L << 30;
  private static final int BUFFER = 1 << 16;

  private final List<Path> folders = new ArrayList<>();

  /**
   * Unpacks {@code lib/*.jar}, which may lie in one outer folder.
   *
   * @return the JARs
   * @throws PluginFault with code CORRUPT_ARCHIVE or NO_DESCRIPTOR
   */
  List<Path> unpack(Path zip) throws PluginFault {
    List<Path> jars = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Path folder = Files.createTempDirectory("anymod-plugin-");
      folders.add(folder);
      long left = LARGEST;
      for (ZipEntry entry : Collections.list(file.entries())) {
        refuseEscape(entry.getName());
        Matcher jar = JAR.matcher(entry.getName());
        if (jar.matches()) {
          Path target = folder.resolve(jar.group(1));
          left -= copy(file, entry, target, left);
          jars.add(target);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new PluginFault(
          PluginError.CORRUPT_ARCHIVE,
          "cannot be unpacked (" + e.getMessage() + "); build or copy it again",
          e);
    }
    if (jars.isEmpty()) {
      throw new PluginFault(
          PluginError.NO_DESCRIPTOR, "has no lib/*.jar; a zipped plugin keeps its JARs in lib");
    }
    Collections.sort(jars);
    return jars;
  }

  private static void refuseEscape(String name) throws IOException {
    if (name.startsWith("/") || List.of(name.split("[/\\\\]")).contains("..")) {
      throw new IOException("entry '" + name + "' leaves the folder");
    }
  }

  private static long copy(ZipFile file, ZipEntry entry, Path target, long limit)
      throws IOException {
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    // createNewFile semantics: two entries of the same name are refused.
    try (InputStream in = file.getInputStream(entry);
        OutputStream out =
            Files.newOutputStream(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        if (size > limit) {
          throw new IOException("unpacks to more than " + LARGEST + " bytes");
        }
        out.write(buffer, 0, n);
      }
    }
    return size;
  }

  @Override
  public void close() {
    for (Path folder : folders) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + folder, e);
      }
    }
    folders.clear();
  }
}
