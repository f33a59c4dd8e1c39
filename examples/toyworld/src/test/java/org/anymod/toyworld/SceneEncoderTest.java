package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SceneEncoderTest {
  private static final int SIZE = 40;
  private static final RenderedScene RENDERED = new ToyWorld(4, SIZE).render(17);
  private static final List<SceneFile> FILES = SceneEncoder.encode(RENDERED);

  @Test
  void namesOneFileForEachSource() {
    assertThat(FILES).extracting(SceneFile::source).isEqualTo(SceneEncoder.SOURCES);
    assertThat(FILES)
        .extracting(SceneFile::fileName)
        .containsExactly("00000017.txt", "00000017.png", "00000017.png", "00000017.png");
  }

  @Test
  void depthIsSixteenBitGray() throws IOException {
    BufferedImage image = image("depth");
    assertThat(image.getSampleModel().getNumBands()).isEqualTo(1);
    assertThat(image.getSampleModel().getSampleSize(0)).isEqualTo(16);
    for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
      int sample = image.getRaster().getSample(pixel % SIZE, pixel / SIZE, 0);
      double metres = RENDERED.hits().depth(pixel);
      assertThat(sample).isEqualTo((int) Math.round(DepthScale.fromMetres(metres) * 65535));
    }
  }

  @Test
  void classMapHoldsClassNumbers() throws IOException {
    BufferedImage image = image("semseg");
    assertThat(image.getSampleModel().getNumBands()).isEqualTo(1);
    assertThat(image.getSampleModel().getSampleSize(0)).isEqualTo(8);
    for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
      assertThat(image.getRaster().getSample(pixel % SIZE, pixel / SIZE, 0))
          .isEqualTo(RENDERED.hits().kind(pixel).ordinal());
    }
  }

  @Test
  void pictureHoldsTheRenderedBytes() throws IOException {
    BufferedImage image = image("rgb");
    for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
      byte[] rgb = RENDERED.rgb();
      int expected =
          (rgb[pixel * 3] & 0xFF) << 16
              | (rgb[pixel * 3 + 1] & 0xFF) << 8
              | rgb[pixel * 3 + 2] & 0xFF;
      assertThat(image.getRGB(pixel % SIZE, pixel / SIZE) & 0xFFFFFF).isEqualTo(expected);
    }
  }

  @Test
  void captionIsPlainText() {
    assertThat(new String(bytes("caption"), StandardCharsets.UTF_8)).isEqualTo(RENDERED.caption());
  }

  private static BufferedImage image(String source) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(source)));
  }

  private static byte[] bytes(String source) {
    return FILES.get(SceneEncoder.SOURCES.indexOf(source)).bytes();
  }
}
