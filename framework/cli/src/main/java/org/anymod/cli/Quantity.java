package org.anymod.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as people write them: {@code 16MiB}, {@code 60s}. */
final class Quantity {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([a-zA-Z]*)");

  private Quantity() {}

  /** Reads a number of bytes: plain, or with KiB, MiB or GiB. */
  static int bytes(String option, String text) {
    Matcher matcher = FORM.matcher(text.trim());
    int shift =
        !matcher.matches()
            ? -1
            : switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
              case "", "b" -> 0;
              case "k", "kib" -> 10;
              case "m", "mib" -> 20;
              case "g", "gib" -> 30;
              default -> -1;
            };
    long bytes = shift < 0 ? -1 : Long.parseLong(matcher.group(1)) << shift;
    if (bytes < 0 || bytes > Integer.MAX_VALUE) {
      throw new UserMistake(
          option + " is '" + text + "', must be a size below 2 GiB such as 500KiB or 16MiB");
    }
    return (int) bytes;
  }

  /** Reads a time: with ms, s, m or h. */
  static Duration time(String option, String text) {
    Matcher matcher = FORM.matcher(text.trim());
    long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    Duration time =
        number < 1
            ? Duration.ZERO
            : switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
              case "ms" -> Duration.ofMillis(number);
              case "s", "" -> Duration.ofSeconds(number);
              case "m", "min" -> Duration.ofMinutes(number);
              case "h" -> Duration.ofHours(number);
              default -> Duration.ZERO;
            };
    if (time.isZero() || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new UserMistake(
          option + " is '" + text + "', must be a time of up to a day such as 60s or 5m");
    }
    return time;
  }
}
