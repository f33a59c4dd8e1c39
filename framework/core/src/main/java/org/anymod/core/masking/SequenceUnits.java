package org.anymod.core.masking;

import java.util.Arrays;

/**
 * The ids of a sequence, cut to what the model can take, and where each unit ends that is shown or
 * hidden as a whole.
 *
 * @param ids all ids in order
 * @param ends for each unit the index behind its last id, ascending
 */
record SequenceUnits(int[] ids, int[] ends) {

  /** How a sequence is cut and closed. */
  enum End {
    /** The end token is added, then everything above the limit is cut off. */
    BEFORE_CUT,
    /** What is above the limit less one is cut off, then the end token is added. */
    AFTER_CUT,
    /** Neither cut nor closed. */
    NONE
  }

  static SequenceUnits of(Content.Sequence content, int maxTokens, End end, int eos) {
    int limit =
        end == End.NONE ? Integer.MAX_VALUE : end == End.AFTER_CUT ? maxTokens - 1 : maxTokens;
    return content.whole() ? inChunks(content, limit, end, eos) : byId(content, limit, end, eos);
  }

  /** Number of ids that {@link #of} would give if there were no limit. */
  static int length(Content.Sequence content, End end) {
    int length = end == End.NONE ? 0 : 1;
    for (int[] chunk : content.chunks()) {
      length += chunk.length;
    }
    return length;
  }

  private static SequenceUnits byId(Content.Sequence content, int limit, End end, int eos) {
    int all = length(content, End.NONE);
    int kept = Math.min(all, limit);
    boolean closed = end == End.AFTER_CUT || (end == End.BEFORE_CUT && all < limit);
    int[] ids = new int[kept + (closed ? 1 : 0)];
    int at = 0;
    for (int[] chunk : content.chunks()) {
      int take = Math.min(chunk.length, kept - at);
      System.arraycopy(chunk, 0, ids, at, take);
      at += take;
    }
    if (closed) {
      ids[kept] = eos;
    }
    return new SequenceUnits(ids, singles(ids.length));
  }

  private static SequenceUnits inChunks(Content.Sequence content, int limit, End end, int eos) {
    int chunks = 0;
    int length = 0;
    for (int[] chunk : content.chunks()) {
      if (length + chunk.length > limit) {
        break;
      }
      length += chunk.length;
      chunks++;
    }
    boolean complete = chunks == content.chunks().size();
    boolean closed = end == End.AFTER_CUT || (end == End.BEFORE_CUT && complete && length < limit);
    int[] ids = new int[length + (closed ? 1 : 0)];
    int[] ends = new int[chunks + (closed ? 1 : 0)];
    int at = 0;
    for (int i = 0; i < chunks; i++) {
      int[] chunk = content.chunks().get(i);
      System.arraycopy(chunk, 0, ids, at, chunk.length);
      at += chunk.length;
      ends[i] = at;
    }
    if (closed) {
      ids[at] = eos;
      ends[chunks] = at + 1;
    }
    return new SequenceUnits(ids, ends);
  }

  /** The ends of units of one id each. */
  static int[] singles(int count) {
    int[] ends = new int[count];
    Arrays.setAll(ends, i -> i + 1);
    return ends;
  }
}
