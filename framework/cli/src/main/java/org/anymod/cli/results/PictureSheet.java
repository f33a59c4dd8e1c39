package org.anymod.cli.results;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.Renderings;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/** Values side by side as one picture, each under its name; rows for samples. */
public final class PictureSheet {
  private static final int CELL = 192;
  private static final int GAP = 8;

  private final List<List<BufferedImage>> rows = new ArrayList<>();

  /** Starts a row. */
  public void row() {
    rows.add(new ArrayList<>());
  }

  /**
   * Adds a value to the last row.
   *
   * @param name what stands above it
   * @param modality its modality
   * @param value the value
   */
  public void add(String name, UsedModality modality, Value value) {
    add(name, modality.modality().renderer().render(value));
  }

  /**
   * Adds a picture or a text to the last row.
   *
   * @param name what stands above it
   * @param rendering what to show
   */
  public void add(String name, Rendering rendering) {
    BufferedImage label = Renderings.card(name, CELL);
    BufferedImage body = body(rendering);
    BufferedImage cell = blank(CELL, label.getHeight() + body.getHeight());
    cell.setRGB(0, 0, CELL, label.getHeight(), pixels(label), 0, CELL);
    Graphics2D g = cell.createGraphics();
    g.drawImage(body, 0, label.getHeight(), null);
    g.dispose();
    rows.get(rows.size() - 1).add(cell);
  }

  private static int[] pixels(BufferedImage image) {
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }

  private static BufferedImage body(Rendering rendering) {
    if (rendering instanceof Rendering.Words words) {
      return Renderings.card(words.text().isBlank() ? "(empty)" : words.text(), CELL);
    }
    BufferedImage image = ((Rendering.Picture) rendering).image();
    int height = Math.max(1, Math.round((float) CELL * image.getHeight() / image.getWidth()));
    BufferedImage scaled = blank(CELL, height);
    Graphics2D g = scaled.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        image.getWidth() < CELL
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, CELL, height, null);
    g.dispose();
    return scaled;
  }

  private static BufferedImage blank(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  /**
   * Draws the sheet.
   *
   * @return the bytes of a PNG
   * @throws IOException if this Java cannot write PNG
   */
  public byte[] png() throws IOException {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int height = GAP;
    for (List<BufferedImage> row : rows) {
      height += height(row) + GAP;
    }
    BufferedImage sheet = blank(GAP + Math.max(1, columns) * (CELL + GAP), height);
    Graphics2D g = sheet.createGraphics();
    int top = GAP;
    for (List<BufferedImage> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        g.drawImage(row.get(i), GAP + i * (CELL + GAP), top, null);
      }
      top += height(row) + GAP;
    }
    g.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(sheet, "png", bytes)) {
      throw new IOException("this Java platform cannot write PNG");
    }
    return bytes.toByteArray();
  }

  private static int height(List<BufferedImage> row) {
    return row.stream().mapToInt(BufferedImage::getHeight).max().orElse(0);
  }
}
