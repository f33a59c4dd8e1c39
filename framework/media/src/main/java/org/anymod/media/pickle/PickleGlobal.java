package org.anymod.media.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anymod.spi.InvalidDataException;

/** The names that a pickle may call, and what a call of them makes here. */
enum PickleGlobal {
  RECONSTRUCT,
  SCALAR,
  FROM_BUFFER,
  ARRAY,
  TYPE,
  ENCODE,
  BYTES;

  /** Finds a name; NumPy moved its modules in version 2. */
  static PickleGlobal find(String module, String name, int offset) throws InvalidDataException {
    return switch (module.replace("numpy._core.", "numpy.core.") + " " + name) {
      case "numpy.core.multiarray _reconstruct" -> RECONSTRUCT;
      case "numpy.core.multiarray scalar" -> SCALAR;
      case "numpy.core.numeric _frombuffer" -> FROM_BUFFER;
      case "numpy ndarray" -> ARRAY;
      case "numpy dtype" -> TYPE;
      // How protocol 2 writes bytes.
      case "_codecs encode" -> ENCODE;
      case "__builtin__ bytes" -> BYTES;
      default ->
          throw new InvalidDataException(
              "offset "
                  + offset
                  + ": the pickle calls "
                  + module
                  + "."
                  + name
                  + ", which is not allowed; only NumPy's arrays, types and scalars are");
    };
  }

  Object call(List<Object> arguments) throws InvalidDataException {
    return switch (this) {
      case RECONSTRUCT -> new PickledArray();
      case TYPE -> new PickledType(argument(arguments, 0, String.class));
      case ENCODE -> encode(arguments);
      case BYTES -> empty(arguments);
      case SCALAR -> scalar(arguments);
      case FROM_BUFFER -> fromBuffer(arguments);
      case ARRAY -> throw new InvalidDataException("numpy.ndarray is called, which makes no array");
    };
  }

  private static <T> T argument(List<Object> arguments, int index, Class<T> type)
      throws InvalidDataException {
    if (index >= arguments.size() || !type.isInstance(arguments.get(index))) {
      throw new InvalidDataException("a call has other arguments than NumPy gives");
    }
    return type.cast(arguments.get(index));
  }

  private static ByteBuffer encode(List<Object> arguments) throws InvalidDataException {
    String text = argument(arguments, 0, String.class);
    if (!argument(arguments, 1, String.class).equals("latin1")
        || text.chars().anyMatch(c -> c > 0xFF)) {
      throw new InvalidDataException("bytes are written in another way than as latin1");
    }
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer empty(List<Object> arguments) throws InvalidDataException {
    if (!arguments.isEmpty()) {
      throw new InvalidDataException("bytes are written in another way than as latin1");
    }
    return ByteBuffer.allocate(0);
  }

  private static Object scalar(List<Object> arguments) throws InvalidDataException {
    PickledArray one = new PickledArray();
    PickleTuple none = new PickleTuple(List.of());
    one.fill(
        none,
        argument(arguments, 0, PickledType.class),
        false,
        argument(arguments, 1, ByteBuffer.class));
    return one.number(0);
  }

  private static PickledArray fromBuffer(List<Object> arguments) throws InvalidDataException {
    PickledArray array = new PickledArray();
    array.fill(
        argument(arguments, 2, PickleTuple.class),
        argument(arguments, 1, PickledType.class),
        argument(arguments, 3, String.class).equals("F"),
        argument(arguments, 0, ByteBuffer.class));
    return array;
  }
}
