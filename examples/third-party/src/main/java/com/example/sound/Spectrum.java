package com.example.sound;

import org.anymod.spi.Value;

/**
 * Loudness of 64 bands over 64 frames, from samples and back.
 *
 * <p>Bands lie at the odd harmonics of {@value #RATE} / {@value #WINDOW} Hz. Under a Hann window of
 * that length two of them do not disturb each other, because its spectrum is zero from two bins on
 * (Harris 1978). So a sum of one oscillator a band has exactly the spectrum that it was made from,
 * up to changes within a window.
 */
final class Spectrum {
  static final int RATE = 8000;
  static final int BANDS = 64;
  static final int FRAMES = 64;
  static final int WINDOW = 256;
  static final int HOP = 128;

  /** Samples of a sound that is made here: 1.04 seconds. */
  static final int LENGTH = (FRAMES - 1) * HOP + WINDOW;

  /** Amplitude that counts as 1; sixteen such oscillators fill the range of a file. */
  private static final double LOUDEST = 1.0 / 16;

  /** Share of a neighbouring frame that a Hann window sees of linearly changing loudness. */
  private static final double NEIGHBOUR = 0.25 - 1 / (Math.PI * Math.PI);

  private static final int SHARPENINGS = 12;
  private static final double[] HANN = hann();
  private static final double[] SINE = sine();

  private Spectrum() {}

  private static double[] hann() {
    double[] window = new double[WINDOW];
    for (int n = 0; n < WINDOW; n++) {
      window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / WINDOW);
    }
    return window;
  }

  private static double[] sine() {
    double[] table = new double[WINDOW];
    for (int n = 0; n < WINDOW; n++) {
      table[n] = Math.sin(2 * Math.PI * n / WINDOW);
    }
    return table;
  }

  private static int harmonic(int band) {
    return 2 * band + 1;
  }

  /** Phases far from each other, so that the peaks of many oscillators do not meet. */
  private static int phase(int band) {
    return band * band * 37 % WINDOW;
  }

  /**
   * Measures a sound.
   *
   * @param samples at least 256 numbers in [-1, 1]; longer sounds are looked at in 64 even places
   * @return raster of shape (1, 64, 64), rows from high to low
   */
  static Value.Raster of(float[] samples) {
    float[] data = new float[BANDS * FRAMES];
    double[] part = new double[WINDOW];
    for (int frame = 0; frame < FRAMES; frame++) {
      int start = (int) Math.round((double) frame * (samples.length - WINDOW) / (FRAMES - 1));
      for (int n = 0; n < WINDOW; n++) {
        part[n] = HANN[n] * samples[start + n];
      }
      for (int band = 0; band < BANDS; band++) {
        double level = Math.sqrt(amplitude(part, harmonic(band)) / LOUDEST);
        data[(BANDS - 1 - band) * FRAMES + frame] = (float) Math.min(1, level);
      }
    }
    return new Value.Raster(1, BANDS, FRAMES, data);
  }

  private static double amplitude(double[] part, int harmonic) {
    double real = 0;
    double imaginary = 0;
    for (int n = 0; n < WINDOW; n++) {
      int angle = harmonic * n % WINDOW;
      real += part[n] * SINE[(angle + WINDOW / 4) % WINDOW];
      imaginary += part[n] * SINE[angle];
    }
    return Math.hypot(real, imaginary) * 2 / (WINDOW / 2.0);
  }

  /**
   * Makes a sound.
   *
   * @param raster raster of shape (1, 64, 64)
   * @return {@link #LENGTH} numbers in [-1, 1]
   */
  static float[] samples(Value.Raster raster) {
    double[] sum = new double[LENGTH];
    for (int band = 0; band < BANDS; band++) {
      double[] wanted = new double[FRAMES];
      for (int frame = 0; frame < FRAMES; frame++) {
        float level = raster.at(0, BANDS - 1 - band, frame);
        wanted[frame] = LOUDEST * level * level;
      }
      play(sum, sharpened(wanted), band);
    }
    float[] samples = new float[LENGTH];
    for (int n = 0; n < LENGTH; n++) {
      samples[n] = (float) Math.max(-1, Math.min(1, sum[n]));
    }
    return samples;
  }

  private static void play(double[] sum, double[] loudness, int band) {
    for (int n = 0; n < LENGTH; n++) {
      double place = Math.max(0, Math.min(FRAMES - 1, (n - WINDOW / 2.0) / HOP));
      int frame = Math.min(FRAMES - 2, (int) place);
      double share = place - frame;
      double level = loudness[frame] * (1 - share) + loudness[frame + 1] * share;
      sum[n] += level * SINE[(harmonic(band) * n + phase(band)) % WINDOW];
    }
  }

  /** Undoes what the window will blur (van Cittert's iteration); loudness is never negative. */
  private static double[] sharpened(double[] wanted) {
    double[] loudness = wanted.clone();
    for (int round = 0; round < SHARPENINGS; round++) {
      double[] next = new double[FRAMES];
      for (int i = 0; i < FRAMES; i++) {
        double before = loudness[Math.max(0, i - 1)];
        double after = loudness[Math.min(FRAMES - 1, i + 1)];
        double seen = loudness[i] + NEIGHBOUR * (before + after - 2 * loudness[i]);
        next[i] = Math.max(0, loudness[i] + wanted[i] - seen);
      }
      loudness = next;
    }
    return loudness;
  }
}
