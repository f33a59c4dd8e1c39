package org.anymod.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import org.anymod.torch.SafeTensors.Entry;
import org.anymod.torch.SafeTensors.Header;

/**
 * An open safetensors file, whatever its size: opening reads the header alone, and each tensor is
 * read piece by piece straight into its place, converted on the way. Beside the tensors themselves
 * that takes a piece of 2 MiB and its conversion. For use by one thread at a time.
 */
public final class SafeTensorsFile implements AutoCloseable {
  private static final int PIECE = 1 << 21;

  private final Path path;
  private final FileChannel channel;
  private final Header header;
  private ByteBuffer piece;
  private ByteBuffer widened;

  private SafeTensorsFile(Path path, FileChannel channel, Header header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
  }

  /** What is done with each piece of a tensor's bytes. */
  @FunctionalInterface
  private interface PieceUser {
    void use(ByteBuffer bytes, long offset) throws IOException;
  }

  /**
   * Opens a file and checks its header.
   *
   * @param path a safetensors file
   * @return the open file
   * @throws SafeTensorsException if it is no such file; the message names the file and what is
   *     wrong
   * @throws IOException if the file cannot be read
   */
  public static SafeTensorsFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      Header header = new SafeTensorsHeaderReader(path, channel).read();
      return new SafeTensorsFile(
          path,
          channel,
          new Header(
              Collections.unmodifiableMap(header.metadata()),
              Collections.unmodifiableMap(header.tensors())));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Returns where the file is.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  /**
   * Returns the header.
   *
   * @return the header, not modifiable
   */
  public Header header() {
    return header;
  }

  /**
   * Returns where a tensor lies.
   *
   * @param name name of a tensor
   * @return its entry
   * @throws IllegalArgumentException if there is none of this name
   */
  public Entry entry(String name) {
    Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(path + ": no tensor is named " + name);
    }
    return entry;
  }

  /**
   * Reads a tensor; F64, F16 and BF16 become float32, I16 becomes int32, BOOL and U8 become uint8.
   *
   * @param name name of a tensor
   * @param manager owner of the result
   * @return the tensor
   * @throws IOException if the file cannot be read
   */
  public NDArray tensor(String name, NDManager manager) throws IOException {
    Entry entry = entry(name);
    NDArray tensor = manager.create(entry.shape(), entry.type().loaded());
    fill(name, tensor);
    return tensor;
  }

  /**
   * Reads a tensor over another, which keeps its type and device.
   *
   * @param name name of a tensor
   * @param target a tensor of the same shape, contiguous; overwritten
   * @throws IOException if the file cannot be read; the target is partly overwritten then
   */
  public void fill(String name, NDArray target) throws IOException {
    if (!entry(name).shape().equals(target.getShape())) {
      throw new IllegalArgumentException(
          path + ": " + name + " of " + entry(name).shape() + " for " + target.getShape());
    }
    fillStart(name, target);
  }

  /**
   * Reads a tensor over the first numbers of a larger one, such as the first rows of a table.
   *
   * @param name name of a tensor
   * @param target a tensor of as many numbers or more, contiguous; overwritten at its start
   * @throws IOException if the file cannot be read; the target is partly overwritten then
   */
  public void fillStart(String name, NDArray target) throws IOException {
    Entry entry = entry(name);
    if (entry.shape().size() > target.getShape().size()) {
      throw new IllegalArgumentException(
          path + ": " + name + " of " + entry.shape() + " for " + target.getShape());
    }
    pieces(
        name,
        (bytes, offset) -> {
          try (NDManager scope = target.getManager().newSubManager()) {
            NDArray values = values(entry.type(), bytes, scope);
            NDArray position = onHost(scope.create(offset / entry.type().width()));
            Autograd.pause(
                () -> Kernels.shared().call(scope, "fill_part", target, values, position));
          }
        });
  }

  /** The numbers of a piece, as a view of one of the two buffers, which outlive it. */
  private NDArray values(StoredType type, ByteBuffer bytes, NDManager scope) {
    int count = bytes.remaining() / type.width();
    ByteBuffer numbers = bytes;
    if (!type.isLoadedAsStored()) {
      if (widened == null) {
        // No arrays here: what they leave behind would add up to more than the tensors.
        widened = ByteBuffer.allocateDirect(2 * PIECE).order(ByteOrder.nativeOrder());
      }
      numbers = widened.clear().limit(count * 4);
      if (type.isFloating()) {
        StoredNumbers.decode(type, bytes, numbers.asFloatBuffer());
      } else {
        for (int i = 0; i < count; i++) {
          numbers.putInt(i * 4, bytes.getShort(i * 2));
        }
      }
    }
    return scope.create(numbers, new Shape(count), type.loaded());
  }

  /** Numbers that a kernel reads on the host: on the CPU that costs no wait for the device. */
  static NDArray onHost(NDArray numbers) {
    return numbers.getDevice().isGpu() ? numbers.toDevice(Device.cpu(), false) : numbers;
  }

  /**
   * Reads the first numbers of a floating point tensor, without the engine.
   *
   * @param name name of a tensor
   * @param most how many at most
   * @return the numbers
   * @throws IllegalArgumentException if the tensor is not of floating point numbers
   * @throws IOException if the file cannot be read
   */
  public float[] firstValues(String name, int most) throws IOException {
    Entry entry = entry(name);
    int count = (int) Math.min(most, entry.shape().size());
    ByteBuffer bytes =
        ByteBuffer.allocate(count * entry.type().width()).order(ByteOrder.LITTLE_ENDIAN);
    read(bytes, entry.begin(), name);
    return StoredNumbers.floats(entry.type(), bytes.flip());
  }

  /**
   * Compares two tensors.
   *
   * @param name name of a tensor
   * @param other name of another
   * @return whether type, shape and all bytes are the same
   * @throws IOException if the file cannot be read
   */
  public boolean isSame(String name, String other) throws IOException {
    Entry a = entry(name);
    Entry b = entry(other);
    if (a.type() != b.type() || !a.shape().equals(b.shape())) {
      return false;
    }
    ByteBuffer second = ByteBuffer.allocate(1 << 16);
    boolean[] same = {true};
    pieces(
        name,
        (bytes, offset) -> {
          for (int at = 0; at < bytes.limit() && same[0]; at += second.capacity()) {
            int count = Math.min(second.capacity(), bytes.limit() - at);
            read(second.clear().limit(count), b.begin() + offset + at, other);
            same[0] = second.flip().equals(bytes.slice(at, count));
          }
        });
    return same[0];
  }

  /** Appends the bytes of a tensor to a channel, converted if the type is another. */
  void copy(String name, StoredType type, WritableByteChannel out) throws IOException {
    StoredType own = entry(name).type();
    pieces(
        name,
        (bytes, offset) -> {
          try {
            SafeTensorsWriter.all(
                own == type ? bytes : StoredNumbers.bytes(type, StoredNumbers.floats(own, bytes)),
                out);
          } catch (ArithmeticException e) {
            throw new IOException(path + ": tensor " + name + ": " + e.getMessage(), e);
          }
        });
  }

  private void pieces(String name, PieceUser user) throws IOException {
    if (piece == null) {
      piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    }
    Entry entry = entry(name);
    for (long at = entry.begin(); at < entry.end(); at += PIECE) {
      int count = (int) Math.min(PIECE, entry.end() - at);
      read(piece.clear().limit(count), at, name);
      user.use(piece.flip(), at - entry.begin());
    }
  }

  private void read(ByteBuffer target, long position, String name) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new SafeTensorsException(path, "it ends inside tensor " + name);
      }
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
