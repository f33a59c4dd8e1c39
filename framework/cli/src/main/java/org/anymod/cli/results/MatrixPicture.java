package org.anymod.cli.results;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.anymod.media.Canvas;

/**
 * The skills of an evaluation as a picture: inputs down, outputs across, the better the greener,
 * the worse than a constant the redder. Needs no fonts of the system.
 */
final class MatrixPicture {
  private static final int SCALE = 2;
  private static final int LETTER = Canvas.LETTER_WIDTH * SCALE;
  private static final int LINE = Canvas.LINE_HEIGHT * SCALE;
  private static final int CELL_WIDTH = 6 * LETTER + 14;
  private static final int CELL_HEIGHT = LINE + 16;
  private static final int GAP = 16;
  private static final int INK = 0x202020;
  private static final int SOFT = 0x707880;
  private static final int BETTER = 0x0D9488;
  private static final int WORSE = 0xEA7317;
  private static final int NOTHING = 0xEEEFF1;
  private static final double STRONGEST = 0.7;

  private final SkillTable table;
  private final double[][] skills;
  private final String title;
  private final int left;
  private final int top;

  MatrixPicture(SkillTable table, String title) {
    this.table = table;
    this.skills = table.skills();
    this.title = title;
    left = 2 * GAP + LETTER * Math.max(longest(table.inputs()), "from \\ to".length());
    top = 3 * GAP + 2 * LINE + LETTER * longest(table.outputs());
  }

  private static int longest(List<SkillTable.Axis> axes) {
    return axes.stream().mapToInt(axis -> axis.label().length()).max().orElse(0);
  }

  private static String legend() {
    return "1 is perfect, 0 is the best constant";
  }

  /** Draws the bytes of a PNG. */
  byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(draw(), "png", bytes)) {
      throw new IOException("this Java platform cannot write PNG");
    }
    return bytes.toByteArray();
  }

  BufferedImage draw() {
    int words = 2 * GAP + LETTER * Math.max(title.length(), legend().length());
    int width = Math.max(words, left + CELL_WIDTH * table.outputs().size() + GAP);
    int height = top + CELL_HEIGHT * table.inputs().size() + GAP;
    Canvas canvas = Canvas.white(height, width);
    canvas.write(title, GAP, GAP, SCALE, INK);
    canvas.write(legend(), GAP, GAP + LINE + 4, SCALE, SOFT);
    canvas.write("from \\ to", GAP, top - LINE - 4, SCALE, SOFT);
    for (int c = 0; c < table.outputs().size(); c++) {
      int x = left + c * CELL_WIDTH + (CELL_WIDTH - LINE) / 2;
      canvas.writeUpwards(table.outputs().get(c).label(), x, top - 8, SCALE, INK);
    }
    for (int r = 0; r < skills.length; r++) {
      int y = top + r * CELL_HEIGHT;
      canvas.write(table.inputs().get(r).label(), GAP, y + 9, SCALE, INK);
      for (int c = 0; c < skills[r].length; c++) {
        cell(canvas, skills[r][c], left + c * CELL_WIDTH, y);
      }
    }
    return canvas.image();
  }

  private static void cell(Canvas canvas, double skill, int x, int y) {
    canvas.field(x, y, x + CELL_WIDTH - 2, y + CELL_HEIGHT - 2, color(skill));
    String text = Double.isFinite(skill) ? String.format(Locale.ROOT, "%.3f", skill) : "-";
    String fitting = text.length() > 6 ? text.substring(0, 6) : text;
    int indent = (CELL_WIDTH - LETTER * fitting.length()) / 2;
    canvas.write(fitting, x + indent, y + 9, SCALE, INK);
  }

  private static int color(double skill) {
    if (!Double.isFinite(skill)) {
      return NOTHING;
    }
    double strength = Math.min(1, Math.abs(skill)) * STRONGEST;
    int full = skill < 0 ? WORSE : BETTER;
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int part = full >> shift & 255;
      mixed |= (int) Math.round(255 + strength * (part - 255)) << shift;
    }
    return mixed;
  }
}
