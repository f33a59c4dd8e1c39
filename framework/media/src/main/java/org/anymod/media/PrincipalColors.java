package org.anymod.media;

import java.awt.image.BufferedImage;
import org.anymod.media.measures.Eigenvectors;
import org.anymod.spi.Value;

/**
 * Shows a feature map by the three directions in which the features of its own places differ most
 * (principal components): red, green and blue, all stretched by the same range.
 */
public final class PrincipalColors {
  private static final int COLORS = 3;

  private PrincipalColors() {}

  /**
   * Paints a map.
   *
   * @param map (channels, rows, columns) with finite numbers
   * @return a picture with a pixel for each place
   */
  public static BufferedImage of(Value.Raster map) {
    int places = map.height() * map.width();
    double[][] components = components(map);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double[] component : components) {
      for (double x : component) {
        min = Math.min(min, x);
        max = Math.max(max, x);
      }
    }
    double range = max > min ? max - min : 1;
    float[] colors = new float[COLORS * places];
    for (int c = 0; c < COLORS; c++) {
      for (int i = 0; i < places; i++) {
        colors[c * places + i] = (float) ((components[c][i] - min) / range);
      }
    }
    return Renderings.picture(new Value.Raster(COLORS, map.height(), map.width(), colors));
  }

  /**
   * Computes principal components.
   *
   * @param map (channels, rows, columns)
   * @return (3, rows * columns): how far each place lies along each component; zeros where there
   *     are fewer. The place that lies farthest along a component lies on its positive side, the
   *     first one where several do
   */
  static double[][] components(Value.Raster map) {
    double[][] centred = centred(map);
    int channels = centred.length;
    int places = centred[0].length;
    // Both matrices have the same eigenvalues above zero; the smaller one is taken.
    boolean byPlace = places <= channels;
    Eigenvectors eigen = Eigenvectors.of(byPlace ? betweenPlaces(centred) : covariance(centred));
    double[][] result = new double[COLORS][places];
    int[] largest = eigen.largest(COLORS);
    for (int k = 0; k < largest.length; k++) {
      double[] vector = eigen.vector(largest[k]);
      double length = Math.sqrt(Math.max(0, eigen.value(largest[k])));
      for (int i = 0; i < places; i++) {
        result[k][i] = byPlace ? length * vector[i] : along(centred, vector, i);
      }
      pointUp(result[k]);
    }
    return result;
  }

  private static double[][] centred(Value.Raster map) {
    int places = map.height() * map.width();
    double[][] centred = new double[map.channels()][places];
    for (int c = 0; c < centred.length; c++) {
      double mean = 0;
      for (int i = 0; i < places; i++) {
        mean += map.data()[c * places + i] / (double) places;
      }
      for (int i = 0; i < places; i++) {
        centred[c][i] = map.data()[c * places + i] - mean;
      }
    }
    return centred;
  }

  private static double[][] betweenPlaces(double[][] centred) {
    int places = centred[0].length;
    double[][] products = new double[places][places];
    for (double[] channel : centred) {
      for (int i = 0; i < places; i++) {
        for (int j = 0; j < places; j++) {
          products[i][j] += channel[i] * channel[j];
        }
      }
    }
    return products;
  }

  private static double[][] covariance(double[][] centred) {
    double[][] products = new double[centred.length][centred.length];
    for (int a = 0; a < centred.length; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int i = 0; i < centred[a].length; i++) {
          sum += centred[a][i] * centred[b][i];
        }
        products[a][b] = sum;
        products[b][a] = sum;
      }
    }
    return products;
  }

  private static double along(double[][] centred, double[] vector, int place) {
    double sum = 0;
    for (int c = 0; c < centred.length; c++) {
      sum += centred[c][place] * vector[c];
    }
    return sum;
  }

  private static void pointUp(double[] component) {
    double farthest = 0;
    for (double x : component) {
      if (Math.abs(x) > Math.abs(farthest)) {
        farthest = x;
      }
    }
    for (int i = 0; farthest < 0 && i < component.length; i++) {
      component[i] = -component[i];
    }
  }
}
