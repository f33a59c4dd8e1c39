package org.anymod.core.pipeline;

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

/** Short texts. */
class PhraseModality implements Modality {
  @Override
  public String name() {
    return "phrase";
  }

  @Override
  public String source() {
    return "phrase";
  }

  @Override
  public ValueSpec value() {
    return new ValueSpec.TextSpec(100);
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(12, 12));
  }

  @Override
  public Codec codec() {
    return new TextCodec("phrase");
  }

  @Override
  public Representation representation() {
    return new TextForm() {
      @Override
      public List<String> write(Value value, RandomGenerator random) {
        return List.of(((Value.Text) value).text());
      }

      @Override
      public Value read(String text) {
        return new Value.Text(text);
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
