package org.anymod.toyworld.features;

import org.anymod.toyworld.DepthScale;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.ToyClass;
import org.anymod.toyworld.geometry.Vec3;
import org.anymod.toyworld.labels.NormalMap;

/**
 * Statistics of a rectangle of a scene; all numbers lie between about -1 and 1.
 *
 * @param rendered the scene
 * @param top first row
 * @param left first column
 * @param height rows
 * @param width columns
 */
record Patch(RenderedScene rendered, int top, int left, int height, int width) {
  private static final int CHANNELS = 3;
  private static final int DIRECTIONS = 4;

  /** Returns patch number {@code row, column} of a grid of so many patches a side. */
  static Patch ofGrid(RenderedScene rendered, int side, int row, int column) {
    int size = rendered.size();
    int top = row * size / side;
    int left = column * size / side;
    return new Patch(
        rendered, top, left, (row + 1) * size / side - top, (column + 1) * size / side - left);
  }

  /** Joins statistics. */
  static double[] join(double[]... parts) {
    int length = 0;
    for (double[] part : parts) {
      length += part.length;
    }
    double[] all = new double[length];
    int at = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private int pixel(int i) {
    return (top + i / width) * rendered.size() + left + i % width;
  }

  private double light(int pixel, int channel) {
    return (rendered.rgb()[pixel * CHANNELS + channel] & 0xFF) / 255.0;
  }

  private double luma(int pixel) {
    return 0.299 * light(pixel, 0) + 0.587 * light(pixel, 1) + 0.114 * light(pixel, 2);
  }

  /** Means and deviations of red, green and blue. */
  double[] colors() {
    double[] result = new double[2 * CHANNELS];
    int count = height * width;
    for (int channel = 0; channel < CHANNELS; channel++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < count; i++) {
        double light = light(pixel(i), channel);
        sum += light;
        squares += light * light;
      }
      double mean = sum / count;
      result[channel] = 2 * mean - 1;
      result[CHANNELS + channel] = 2 * Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
    return result;
  }

  /** Mean strength of the change of luma in four directions. */
  double[] gradients() {
    double[] result = new double[DIRECTIONS];
    int size = rendered.size();
    int count = height * width;
    for (int i = 0; i < count; i++) {
      int x = left + i % width;
      int y = top + i / width;
      if (x < size - 1 && y < size - 1) {
        double here = luma(y * size + x);
        double across = luma(y * size + x + 1) - here;
        double down = luma((y + 1) * size + x) - here;
        result[0] += Math.abs(across);
        result[1] += Math.abs(down);
        result[2] += Math.abs(across + down) / 2;
        result[3] += Math.abs(across - down) / 2;
      }
    }
    for (int i = 0; i < DIRECTIONS; i++) {
      result[i] = Math.sqrt(result[i] / count);
    }
    return result;
  }

  /** Square roots of the shares of all classes, so that small things count. */
  double[] classes() {
    double[] shares = new double[ToyClass.labels().size()];
    int count = height * width;
    for (int i = 0; i < count; i++) {
      shares[rendered.hits().kind(pixel(i)).ordinal()] += 1.0 / count;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.sqrt(shares[i]);
    }
    return shares;
  }

  /** Mean and deviation of the stored depth. */
  double[] depths() {
    double sum = 0;
    double squares = 0;
    int count = height * width;
    for (int i = 0; i < count; i++) {
      double depth = DepthScale.fromMetres(rendered.hits().depth(pixel(i)));
      sum += depth;
      squares += depth * depth;
    }
    double mean = sum / count;
    return new double[] {2 * mean - 1, 3 * Math.sqrt(Math.max(0, squares / count - mean * mean))};
  }

  /** Mean normal in the frame of the camera. */
  double[] normals() {
    Vec3 sum = new Vec3(0, 0, 0);
    int count = height * width;
    for (int i = 0; i < count; i++) {
      sum = sum.plus(NormalMap.at(rendered, pixel(i)));
    }
    return new double[] {sum.x() / count, sum.y() / count, sum.z() / count};
  }

  /** Place of the middle in the picture. */
  double[] place() {
    double size = rendered.size();
    return new double[] {(2 * left + width) / size - 1, (2 * top + height) / size - 1};
  }
}
