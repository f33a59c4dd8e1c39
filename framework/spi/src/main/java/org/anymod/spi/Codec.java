package org.anymod.spi;

import java.util.List;

/**
 * Reads and writes the files of a modality. Bytes may come from anywhere: an implementation checks
 * sizes before it allocates, never deserialises Java or Python objects, and reports bad input as
 * {@link InvalidDataException}.
 */
public interface Codec {

  /**
   * Returns the extensions this codec reads, the one it writes first: lower case, without the
   * leading dot.
   *
   * @return the extensions, at least one
   */
  List<String> extensions();

  /**
   * Decodes a file.
   *
   * @param bytes the whole file
   * @return a value that fits the modality's {@link ValueSpec}
   * @throws InvalidDataException if the bytes are no such file; the message says what was found and
   *     what is allowed. The host adds the name of the file
   */
  Value decode(byte[] bytes) throws InvalidDataException;

  /**
   * Encodes a value as a file of the first of {@link #extensions()}.
   *
   * @param value a value that fits the modality's {@link ValueSpec}
   * @return the whole file
   */
  byte[] encode(Value value);
}
