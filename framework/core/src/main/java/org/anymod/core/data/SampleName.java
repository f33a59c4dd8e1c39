package org.anymod.core.data;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * What samples and sources may be called, so that a name is always a path inside its dataset and a
 * key of a tar entry.
 */
final class SampleName {
  private static final int MAX_LENGTH = 1024;
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,127}");

  /**
   * Order by code points, which unlike {@link String#compareTo} also puts characters beyond 16 bits
   * last.
   */
  static final Comparator<String> ORDER = SampleName::compare;

  private SampleName() {}

  /** Returns what is wrong with a path inside a dataset; empty if nothing. */
  static String pathProblem(String path) {
    if (path.isEmpty() || path.length() > MAX_LENGTH) {
      return "is " + path.length() + " characters long, allowed: 1 to " + MAX_LENGTH;
    }
    if (path.chars().anyMatch(c -> c < ' ' || c == '\\' || c == 0x7F)) {
      return "holds a backslash or a control character";
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return "must be a relative path without empty, '.' or '..' parts";
      }
    }
    return "";
  }

  /** Checks the name of a sample that is to be stored in a shard. */
  static void check(String name) {
    String problem = pathProblem(name);
    if (problem.isEmpty() && name.indexOf('.', name.lastIndexOf('/') + 1) >= 0) {
      problem =
          "must not hold a dot, because a shard's reader takes all after the first dot as"
              + " extension";
    }
    if (problem.isEmpty() && isSkipped(name)) {
      problem = "must not be like __this__, because readers skip such entries";
    }
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("sample name '" + name + "' " + problem);
    }
  }

  /** Checks the name of a source, which is also the name of its folder. */
  static void checkSource(String source) {
    if (!SOURCE.matcher(source).matches()) {
      throw new IllegalArgumentException(
          "source '"
              + source
              + "' is no folder name; allowed: letters, digits and _ . @ + -, not"
              + " starting with . @ + or -, at most 128 characters");
    }
  }

  /**
   * Returns whether shards may hold such an entry as a remark that is no sample: {@code __this__}
   * and hidden files.
   */
  static boolean isSkipped(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    String stem = dot < 0 ? file : file.substring(0, dot);
    return file.startsWith(".")
        || (stem.length() > 4 && stem.startsWith("__") && stem.endsWith("__"));
  }

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean wideX = Character.isSurrogate(x);
        boolean wideY = Character.isSurrogate(y);
        return wideX == wideY ? Character.compare(x, y) : wideX ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
