package org.anymod.core.data;

/**
 * One file of one sample. The array is not copied: whoever creates an entry hands it over.
 *
 * @param fileName name of the file, which may start with folders; its extension tells the format
 * @param bytes the whole file
 */
public record Entry(String fileName, byte[] bytes) {

  /** Checks that both are there and that the name has an extension. */
  public Entry {
    if (bytes == null) {
      throw new IllegalArgumentException("bytes of " + fileName + " are missing");
    }
    if (FileExtension.of(fileName).isEmpty()) {
      throw new IllegalArgumentException(
          "file name '" + fileName + "' has no extension to tell its format");
    }
  }

  /**
   * Returns the extension that tells the format.
   *
   * @return in lower case without the leading dot, such as {@code png} or {@code json.gz}
   */
  public String extension() {
    return FileExtension.of(fileName);
  }

  @Override
  public String toString() {
    return fileName + " (" + bytes.length + " bytes)";
  }
}
