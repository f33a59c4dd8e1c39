package org.anymod.media.pickle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.spi.InvalidDataException;

/**
 * Runs the opcodes that NumPy's pickles consist of, protocols 2 to 5 (PEP 307, 3154, 574): data go
 * on a stack and into lists and dictionaries; nothing is imported and nothing is called but {@link
 * PickleGlobal}.
 */
final class PickleMachine {
  private static final int MOST_OBJECTS = 4_000_000;
  private static final Object MARK = new Object();

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new LinkedHashMap<>();
  private int objects;
  private long made;

  PickleMachine(PickleInput in) {
    this.in = in;
  }

  /** Runs to the end and returns what is left on the stack. */
  Object run() throws InvalidDataException {
    while (true) {
      int offset = in.offset();
      int opcode = in.u1();
      if (opcode == '.') {
        return result();
      }
      try {
        if (!simple(opcode) && !collection(opcode)) {
          step(opcode, offset);
        }
      } catch (InvalidDataException e) {
        String message = e.getMessage();
        throw message.startsWith("offset ")
            ? e
            : new InvalidDataException("offset " + offset + ": " + message, e);
      }
    }
  }

  private Object result() throws InvalidDataException {
    if (stack.size() != 1 || stack.get(0) == MARK || in.remaining() > 0) {
      throw new InvalidDataException(
          "offset "
              + in.offset()
              + ": the pickle ends with "
              + stack.size()
              + " objects and "
              + in.remaining()
              + " bytes left, must be one object and none");
    }
    return stack.get(0);
  }

  /** Numbers, texts and bytes. */
  private boolean simple(int opcode) throws InvalidDataException {
    switch (opcode) {
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) in.u1());
      case 'M' -> push((long) in.u2());
      case 'J' -> push((long) in.s4());
      case 0x8a -> push(wholeNumber());
      case 'G' -> push(in.bigEndianDouble());
      case 0x8c -> push(in.text(in.u1()));
      case 'X' -> push(in.text(in.u4()));
      case 0x8d -> push(in.text(in.s8()));
      case 'C' -> push(in.bytes(in.u1()));
      case 'B' -> push(in.bytes(in.u4()));
      case 0x8e, 0x96 -> push(in.bytes(in.s8()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private long wholeNumber() throws InvalidDataException {
    int count = in.u1();
    if (count > Long.BYTES) {
      throw new InvalidDataException("a whole number has " + count + " bytes, at most 8 are read");
    }
    ByteBuffer bytes = in.bytes(count);
    long value = count == 0 ? 0 : bytes.get(count - 1);
    for (int i = count - 2; i >= 0; i--) {
      value = value << 8 | bytes.get(i) & 0xFF;
    }
    return value;
  }

  /** Lists, tuples and dictionaries. */
  private boolean collection(int opcode) throws InvalidDataException {
    switch (opcode) {
      case '(' -> push(MARK);
      case ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(new PickleTuple(List.of()));
      case 't' -> push(new PickleTuple(toMark()));
      case 0x85, 0x86, 0x87 -> push(new PickleTuple(take(opcode - 0x84)));
      case 'a' -> append(take(1));
      case 'e' -> append(toMark());
      case 's' -> set(take(2));
      case 'u' -> set(toMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void step(int opcode, int offset) throws InvalidDataException {
    switch (opcode) {
      case 0x80 -> protocol(in.u1());
      case 0x95 -> in.s8();
      case 'q' -> memo.put(in.u1(), peek());
      case 'r' -> memo.put(in.s4(), peek());
      case 0x94 -> memo.put(memo.size(), peek());
      case 'h' -> recall(in.u1());
      case 'j' -> recall(in.s4());
      case 'c' -> push(PickleGlobal.find(in.line(), in.line(), offset));
      case 0x93 -> {
        List<Object> names = take(2);
        push(PickleGlobal.find(text(names.get(0)), text(names.get(1)), offset));
      }
      case 'R' -> call(take(2));
      case 'b' -> build(take(1).get(0));
      default ->
          throw new InvalidDataException(
              "opcode 0x%02x is not allowed; NumPy's arrays of objects have none of it"
                  .formatted(opcode));
    }
  }

  private static void protocol(int version) throws InvalidDataException {
    if (version < 2 || version > 5) {
      throw new InvalidDataException("pickle protocol is " + version + ", allowed: 2 to 5");
    }
  }

  private static String text(Object value) throws InvalidDataException {
    if (value instanceof String text) {
      return text;
    }
    throw new InvalidDataException("a name is no text");
  }

  private void recall(int place) throws InvalidDataException {
    if (!memo.containsKey(place)) {
      throw new InvalidDataException("object " + place + " is recalled but was never kept");
    }
    push(memo.get(place));
  }

  private void call(List<Object> both) throws InvalidDataException {
    if (!(both.get(0) instanceof PickleGlobal global)
        || !(both.get(1) instanceof PickleTuple arguments)) {
      throw new InvalidDataException("something else than a function is called");
    }
    Object value = global.call(arguments.items());
    if (value instanceof ByteBuffer bytes) {
      // One text may be recalled and encoded again and again.
      made += bytes.remaining();
      if (made > in.size()) {
        throw new InvalidDataException("calls make more bytes than the file has");
      }
    }
    push(value);
  }

  private void build(Object state) throws InvalidDataException {
    Object target = peek();
    List<Object> parts = state instanceof PickleTuple tuple ? tuple.items() : List.of();
    if (target instanceof PickledArray array && parts.size() == 5) {
      array.fill(parts.get(1), parts.get(2), Boolean.TRUE.equals(parts.get(3)), parts.get(4));
    } else if (target instanceof PickledType type && parts.size() >= 2) {
      type.order(parts.get(1));
    } else {
      throw new InvalidDataException("the state of an object is none that NumPy writes");
    }
  }

  private void append(List<Object> items) throws InvalidDataException {
    if (!(peek() instanceof ArrayList<?>)) {
      throw new InvalidDataException("something is appended to what is no list");
    }
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) peek();
    list.addAll(items);
  }

  private void set(List<Object> pairs) throws InvalidDataException {
    if (!(peek() instanceof LinkedHashMap<?, ?>) || pairs.size() % 2 != 0) {
      throw new InvalidDataException("something is put into what is no dictionary");
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) peek();
    for (int i = 0; i < pairs.size(); i += 2) {
      map.put(text(pairs.get(i)), pairs.get(i + 1));
    }
  }

  private void push(Object value) throws InvalidDataException {
    if (++objects > MOST_OBJECTS) {
      throw new InvalidDataException("the pickle has more than " + MOST_OBJECTS + " objects");
    }
    stack.add(value);
  }

  private Object peek() throws InvalidDataException {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw new InvalidDataException("the stack is empty");
    }
    return stack.get(stack.size() - 1);
  }

  private List<Object> take(int count) throws InvalidDataException {
    int from = stack.size() - count;
    if (from < 0 || stack.subList(from, stack.size()).stream().anyMatch(o -> o == MARK)) {
      throw new InvalidDataException("the stack has fewer than " + count + " objects");
    }
    return cut(from);
  }

  private List<Object> toMark() throws InvalidDataException {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new InvalidDataException("there is no mark on the stack");
    }
    List<Object> items = cut(mark + 1);
    stack.remove(mark);
    return items;
  }

  private List<Object> cut(int from) {
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> items = new ArrayList<>(tail);
    tail.clear();
    return items;
  }
}
