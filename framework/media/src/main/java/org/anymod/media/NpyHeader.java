package org.anymod.media;

import java.util.ArrayList;
import java.util.List;
import org.anymod.spi.InvalidDataException;

/**
 * The dictionary in front of a {@code .npy} file: {@code {'descr': '<i2', 'fortran_order': False,
 * 'shape': (2, 196), }}. A strict reader of exactly this form: nothing is evaluated.
 */
record NpyHeader(NpyType type, int[] shape) {
  private static final int MAX_AXES = 32;

  static NpyHeader parse(String text) throws InvalidDataException {
    return new Parser(text).header();
  }

  String text() {
    StringBuilder axes = new StringBuilder();
    for (int length : shape) {
      axes.append(length).append(shape.length == 1 ? "," : ", ");
    }
    if (shape.length > 1) {
      axes.setLength(axes.length() - 2);
    }
    return "{'descr': '"
        + type.descriptor()
        + "', 'fortran_order': False, 'shape': ("
        + axes
        + "), }";
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    NpyHeader header() throws InvalidDataException {
      NpyType type = null;
      int[] shape = null;
      boolean ordered = false;
      expect('{');
      while (!accept('}')) {
        String key = string();
        expect(':');
        if (key.equals("descr") && type == null) {
          type = type();
        } else if (key.equals("fortran_order") && !ordered) {
          refuseFortran();
          ordered = true;
        } else if (key.equals("shape") && shape == null) {
          shape = shape();
        } else {
          throw bad(
              "key '"
                  + key
                  + "' is unknown or repeated; allowed once each: descr, fortran_order, shape");
        }
        if (!accept(',') && peek() != '}') {
          throw bad("',' or '}' is missing");
        }
      }
      if (peek() != 0) {
        throw bad("text follows the header");
      }
      if (type == null || shape == null || !ordered) {
        throw bad("descr, fortran_order and shape must all be there");
      }
      return new NpyHeader(type, shape);
    }

    private NpyType type() throws InvalidDataException {
      if (peek() == '[') {
        throw bad("structured arrays are not read; allowed: " + allowed());
      }
      String descriptor = string();
      if (descriptor.endsWith("O")) {
        throw bad(
            "the array holds pickled Python objects, which are never read because they can run"
                + " code; save plain numbers instead, allowed: "
                + allowed());
      }
      if (descriptor.length() < 2) {
        throw bad("element type '" + descriptor + "' is unknown; allowed: " + allowed());
      }
      return NpyType.find(descriptor)
          .orElseThrow(
              () -> bad("element type '" + descriptor + "' is not read; allowed: " + allowed()));
    }

    private void refuseFortran() throws InvalidDataException {
      if (word("True")) {
        throw bad("the array is in Fortran order; save it in C order (numpy.ascontiguousarray)");
      }
      if (!word("False")) {
        throw bad("fortran_order must be True or False");
      }
    }

    private int[] shape() throws InvalidDataException {
      List<Integer> axes = new ArrayList<>();
      expect('(');
      while (!accept(')')) {
        axes.add(length());
        if (axes.size() > MAX_AXES) {
          throw bad("the array has more than " + MAX_AXES + " axes");
        }
        if (!accept(',') && peek() != ')') {
          throw bad("',' or ')' is missing");
        }
      }
      return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    private int length() throws InvalidDataException {
      skipSpace();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      try {
        return Integer.parseInt(text, start, at, 10);
      } catch (NumberFormatException e) {
        throw bad("the length of an axis must be a whole number from 0 to " + Integer.MAX_VALUE);
      }
    }

    private String string() throws InvalidDataException {
      char quote = peek();
      if (quote != '\'' && quote != '"') {
        throw bad("a quoted word is missing");
      }
      int end = text.indexOf(quote, at + 1);
      if (end < 0) {
        throw bad("a quote is not closed");
      }
      String result = text.substring(at + 1, end);
      at = end + 1;
      return result;
    }

    private boolean word(String word) {
      skipSpace();
      if (!text.startsWith(word, at)) {
        return false;
      }
      at += word.length();
      return true;
    }

    private void expect(char c) throws InvalidDataException {
      if (!accept(c)) {
        throw bad("'" + c + "' is missing");
      }
    }

    private boolean accept(char c) {
      if (peek() != c) {
        return false;
      }
      at++;
      return true;
    }

    private char peek() {
      skipSpace();
      return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
        at++;
      }
    }

    private InvalidDataException bad(String what) {
      String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
      return new InvalidDataException(
          "npy header, character " + at + ": " + what + "; found: " + shown.strip());
    }

    private static String allowed() {
      StringBuilder names = new StringBuilder();
      for (NpyType type : NpyType.values()) {
        names.append(names.length() == 0 ? "" : " ").append(type.descriptor());
      }
      return names.toString();
    }
  }
}
