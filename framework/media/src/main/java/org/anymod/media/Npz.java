package org.anymod.media;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.anymod.spi.InvalidDataException;

/**
 * Reads and writes NumPy's {@code .npz} files: zip archives of {@code .npy} files, stored or
 * deflated. Nothing is unpickled, and an archive cannot take more memory than its limit, whatever
 * its headers claim.
 */
public final class Npz {
  private static final String EXTENSION = ".npy";
  private static final int MAX_ARRAYS = 64;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Reads an archive.
   *
   * @param bytes the whole file
   * @param maxBytes largest allowed sum of the sizes of the files within
   * @return the arrays by name, without the extension, in file order
   * @throws InvalidDataException if the bytes are no such archive, a file within is no array of
   *     plain numbers, a name occurs twice, or there are more bytes or more than 64 files
   */
  public static Map<String, NpyArray> read(byte[] bytes, int maxBytes) throws InvalidDataException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    int left = maxBytes;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = name(entry, arrays);
        byte[] file = zip.readNBytes(left + 1);
        if (file.length > left) {
          throw new InvalidDataException(
              "the files of the npz file are larger than the " + maxBytes + " bytes allowed");
        }
        left -= file.length;
        arrays.put(name, array(name, file));
      }
    } catch (IOException | IllegalArgumentException e) {
      // The zip reader reports names in an unknown encoding by IllegalArgumentException.
      throw new InvalidDataException("is a damaged npz file: " + e.getMessage(), e);
    }
    if (arrays.isEmpty()) {
      throw new InvalidDataException(
          "not a npz file: " + bytes.length + " bytes that hold no zip archive with arrays");
    }
    return arrays;
  }

  private static String name(ZipEntry entry, Map<String, NpyArray> arrays)
      throws InvalidDataException {
    String file = entry.getName();
    if (!file.endsWith(EXTENSION)) {
      throw new InvalidDataException(
          "the npz file holds '" + file + "', must hold " + EXTENSION + " files");
    }
    String name = file.substring(0, file.length() - EXTENSION.length());
    if (arrays.containsKey(name)) {
      throw new InvalidDataException("the npz file holds '" + file + "' twice");
    }
    if (arrays.size() == MAX_ARRAYS) {
      throw new InvalidDataException("the npz file holds more than " + MAX_ARRAYS + " arrays");
    }
    return name;
  }

  private static NpyArray array(String name, byte[] file) throws InvalidDataException {
    try {
      return Npy.read(file);
    } catch (InvalidDataException e) {
      throw new InvalidDataException(name + EXTENSION + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes an archive, deflated. The same arrays give the same bytes.
   *
   * @param arrays the arrays by name, without the extension
   * @return the whole file
   */
  public static byte[] write(Map<String, NpyArray> arrays) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + EXTENSION);
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
        zip.write(Npy.write(array.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
