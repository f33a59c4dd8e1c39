package org.anymod.media.fields;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Class numbers given one by one or as ranges, such as {@code 3} and {@code 7-9}. */
public final class ClassRanges {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  private ClassRanges() {}

  /**
   * Returns the numbers.
   *
   * @param setting name of the setting, for messages
   * @param ranges numbers and ranges
   * @return the numbers
   * @throws IllegalArgumentException if one is neither a number nor a range
   */
  public static BitSet of(String setting, List<String> ranges) {
    BitSet numbers = new BitSet();
    for (String range : ranges) {
      Matcher matcher = RANGE.matcher(range.strip());
      int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      boolean single = matcher.matches() && matcher.group(2) == null;
      int last = matcher.matches() && !single ? Integer.parseInt(matcher.group(2)) : first;
      if (!matcher.matches() || last < first) {
        throw new IllegalArgumentException(
            setting
                + " holds '"
                + range
                + "', must hold class numbers such as 3 and ranges as 7-9");
      }
      numbers.set(first, last + 1);
    }
    return numbers;
  }
}
