package org.anymod.sdk.test;

import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.media.TextCodec;
import org.anymod.media.TextMetric;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Short texts; defects change one thing about it. */
class GoodText implements Modality {
  static final int MOST = 2000;

  @Override
  public String name() {
    return "remarks";
  }

  @Override
  public String source() {
    return "remarks";
  }

  @Override
  public ValueSpec value() {
    return new ValueSpec.TextSpec(MOST);
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(64, 64));
  }

  @Override
  public Codec codec() {
    return new TextCodec("remark");
  }

  String write(String text, RandomGenerator random) {
    return text;
  }

  String read(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST);
  }

  @Override
  public Representation representation() {
    return new TextForm() {
      @Override
      public List<String> write(Value value, RandomGenerator random) {
        return List.of(GoodText.this.write(((Value.Text) value).text(), random));
      }

      @Override
      public Value read(String text) {
        return new Value.Text(GoodText.this.read(text));
      }
    };
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Words(((Value.Text) value).text());
  }

  @Override
  public Metric metric() {
    return new TextMetric();
  }
}
