package org.anymod.core.model;

import java.util.Arrays;

/** What the samples of a batch contribute to one modality. */
final class BatchPart {
  final IntBag slots = new IntBag();
  final IntBag positions = new IntBag();
  final IntBag ids = new IntBag();
  final IntBag targets = new IntBag();
  float[] vectors = new float[0];
  int vectorCount;

  void addVector(float[] source, int from, int width) {
    int needed = (vectorCount + 1) * width;
    if (needed > vectors.length) {
      vectors = Arrays.copyOf(vectors, Math.max(needed, vectors.length * 2));
    }
    System.arraycopy(source, from, vectors, vectorCount * width, width);
    vectorCount++;
  }

  void addZeroVector(int width) {
    addVector(new float[width], 0, width);
  }
}
