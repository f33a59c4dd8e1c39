package org.anymod.core.checkpoint;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Scalars of YAML 1.1 without quotes, as PyYAML understands them (dates stay texts). */
final class PlainScalar {
  private static final Set<String> TRUE =
      Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern INTEGER =
      Pattern.compile(
          "[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*|[1-9][0-9_]*(:[0-5]?[0-9])+)");
  // An exponent needs a dot before it and a sign in it: 1e-6 is a text.
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*");
  private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
  private static final Set<String> NOT_A_NUMBER = Set.of(".nan", ".NaN", ".NAN");

  private PlainScalar() {}

  static Object value(String text) {
    if (TRUE.contains(text)) {
      return true;
    } else if (FALSE.contains(text)) {
      return false;
    } else if (NULL.contains(text)) {
      return null;
    } else if (INTEGER.matcher(text).matches()) {
      return integer(text);
    } else if (INFINITE.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    } else if (NOT_A_NUMBER.contains(text)) {
      return Double.NaN;
    }
    return FLOAT.matcher(text).matches() ? (Object) floating(text) : text;
  }

  private static Object integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = text.replace("_", "").replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT);
    BigInteger magnitude = magnitude(digits);
    BigInteger value = negative ? magnitude.negate() : magnitude;
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0")) {
      return new BigInteger(digits, 8);
    }
    BigInteger value = BigInteger.ZERO;
    for (String part : digits.split(":")) {
      value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
    }
    return value;
  }

  private static double floating(String text) {
    double sign = text.startsWith("-") ? -1 : 1;
    double value = 0;
    for (String part : text.replace("_", "").replaceFirst("^[-+]", "").split(":")) {
      value = value * 60 + Double.parseDouble(part);
    }
    return sign * value;
  }
}
