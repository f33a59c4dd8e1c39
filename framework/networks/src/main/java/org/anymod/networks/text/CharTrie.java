package org.anymod.networks.text;

import java.util.Arrays;

/**
 * A map from strings to numbers that is walked one character at a time, so that the longest entry
 * at a place is found in one pass. Edges lie in one open-addressed table: no objects, no pointers
 * to chase.
 */
final class CharTrie {
  /** The node of the empty string. */
  static final int ROOT = 0;

  /** What {@link #child} and {@link #value} return where there is nothing. */
  static final int NONE = -1;

  private static final long EMPTY = -1L;

  private long[] edges = new long[1024];
  private int[] targets = new int[1024];
  private int[] values = new int[256];
  private int nodes = 1;

  CharTrie() {
    Arrays.fill(edges, EMPTY);
    Arrays.fill(values, NONE);
  }

  /**
   * Adds an entry.
   *
   * @param key the string, not empty
   * @param value its number, at least 0; a second entry with the same key replaces the first
   */
  void put(String key, int value) {
    int node = ROOT;
    for (int i = 0; i < key.length(); i++) {
      int next = child(node, key.charAt(i));
      node = next == NONE ? addChild(node, key.charAt(i)) : next;
    }
    values[node] = value;
  }

  /**
   * Follows an edge.
   *
   * @param node a node
   * @param c the next character
   * @return the node after it, or {@link #NONE}
   */
  int child(int node, char c) {
    long edge = (long) node << 16 | c;
    int mask = edges.length - 1;
    for (int i = slot(edge) & mask; edges[i] != EMPTY; i = (i + 1) & mask) {
      if (edges[i] == edge) {
        return targets[i];
      }
    }
    return NONE;
  }

  /**
   * Returns the number of the string that ends at a node.
   *
   * @param node a node
   * @return the number, or {@link #NONE} if no entry ends here
   */
  int value(int node) {
    return values[node];
  }

  /**
   * Returns the node of a string.
   *
   * @param prefix beginning of some entries
   * @return the node, or {@link #NONE} if no entry begins like this
   */
  int find(String prefix) {
    int node = ROOT;
    for (int i = 0; i < prefix.length() && node != NONE; i++) {
      node = child(node, prefix.charAt(i));
    }
    return node;
  }

  private int addChild(int node, char c) {
    if (nodes * 2 >= edges.length) {
      growEdges();
    }
    if (nodes == values.length) {
      values = Arrays.copyOf(values, nodes * 2);
      Arrays.fill(values, nodes, nodes * 2, NONE);
    }
    int added = nodes++;
    insert((long) node << 16 | c, added);
    return added;
  }

  private void growEdges() {
    long[] oldEdges = edges;
    int[] oldTargets = targets;
    edges = new long[oldEdges.length * 2];
    targets = new int[edges.length];
    Arrays.fill(edges, EMPTY);
    for (int i = 0; i < oldEdges.length; i++) {
      if (oldEdges[i] != EMPTY) {
        insert(oldEdges[i], oldTargets[i]);
      }
    }
  }

  private void insert(long edge, int target) {
    int mask = edges.length - 1;
    int i = slot(edge) & mask;
    while (edges[i] != EMPTY) {
      i = (i + 1) & mask;
    }
    edges[i] = edge;
    targets[i] = target;
  }

  private static int slot(long edge) {
    // Fibonacci hashing: neighbouring node numbers and letters spread over the whole table.
    return (int) (edge * 0x9E3779B97F4A7C15L >>> 33);
  }
}
