package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.networks.text.WordPieceTrainer;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;
import org.anymod.torch.StreamRandom;

/** Texts, vectors and scaled pixels that values become. */
final class FormCheck {
  private static final int TRIES = 8;
  private static final int NONSENSE = 300;
  private static final int SENTINELS = 10;
  private static final int WORDS = 20_000;
  private static final Pattern CONTROL = Pattern.compile("\\[(PAD|SOS|EOS|UNK|S_\\d+)]");
  private static final Pattern COORDINATE = Pattern.compile("\\bv[0-3]=(\\d+)");

  private FormCheck() {}

  static void textsKeepTheValue(Subject subject) {
    Modality modality = subject.modality();
    TextForm form = (TextForm) modality.representation();
    List<Value> samples = subject.samples();
    for (int n = 0; n < TRIES * samples.size(); n++) {
      Value sample = samples.get(n % samples.size());
      String text = String.join(" ", form.write(sample, at(n)));
      Value back = form.read(text);
      int number = n % samples.size();
      modality
          .value()
          .violation(back)
          .ifPresent(reason -> fail("read(): of sample %d, \"%s\", %s", number, text, reason));
      Metric.Accumulator sum = modality.metric().start();
      sum.add(back, sample);
      if (!(sum.error() <= subject.textLoss())) {
        fail(
            "read(write()): sample %d comes back from \"%s\" with an error of %s by metric(), allowed"
                + " is %s; if texts cannot hold more, override textLoss()",
            number, text, sum.error(), subject.textLoss());
      }
    }
  }

  private static StreamRandom at(int number) {
    return StreamRandom.at(Subject.SEED, "text form", number);
  }

  static void textsFollowTheSeedAndHoldNoControlTokens(Subject subject) {
    TextForm form = (TextForm) subject.modality().representation();
    for (Value sample : subject.samples()) {
      List<String> chunks = form.write(sample, at(0));
      if (!chunks.equals(form.write(sample, at(0)))) {
        fail("write(): the same generator gives another text; take chance from it alone");
      }
      if (chunks.isEmpty()) {
        fail("write(): gives no chunk, must give at least one, possibly empty");
      }
      for (String chunk : chunks) {
        Matcher control = CONTROL.matcher(chunk);
        if (control.find()) {
          fail(
              "write(): \"%s\" holds the control token %s; the host adds end token and padding",
              chunk, control.group());
        }
        checkCoordinates(form, chunk);
      }
    }
  }

  private static void checkCoordinates(TextForm form, String chunk) {
    Matcher word = COORDINATE.matcher(chunk);
    while (word.find()) {
      if (Integer.parseInt(word.group(1)) >= form.coordinateBins()) {
        fail(
            "write(): \"%s\" holds %s, but coordinateBins() is %d",
            chunk, word.group(), form.coordinateBins());
      }
    }
  }

  static void textsLeaveRoomForTheEndToken(Subject subject) {
    TextForm form = (TextForm) subject.modality().representation();
    int longest = ((Kind.TextSequence) subject.declaration().kind()).maxTokens();
    List<String> texts = new ArrayList<>();
    for (Value sample : subject.samples()) {
      for (int n = 0; n < TRIES; n++) {
        texts.add(String.join(" ", form.write(sample, at(n))));
      }
    }
    int special = SENTINELS + 4 * form.coordinateBins() + form.words().size();
    TextTokenizer vocabulary =
        new WordPieceTrainer(
                new WordPieceTrainer.Settings(
                    WORDS + special, SENTINELS, form.coordinateBins(), form.words()))
            .train(texts);
    for (String text : texts) {
      int tokens = vocabulary.encode(text).length;
      if (tokens + 1 > longest) {
        fail(
            "write(): \"%s\" has %d tokens, but the declared maxTokens of %d must hold them and the"
                + " end token",
            text, tokens, longest);
      }
    }
  }

  static void anyTextIsRead(Subject subject) {
    Modality modality = subject.modality();
    TextForm form = (TextForm) modality.representation();
    List<String> texts = new ArrayList<>();
    subject.samples().forEach(sample -> texts.addAll(form.write(sample, at(0))));
    for (int n = 0; n < NONSENSE; n++) {
      String text = n == 0 ? "" : Fuzz.nonsense(texts, Subject.SEED, n);
      try {
        Value value = form.read(text);
        modality
            .value()
            .violation(value)
            .ifPresent(reason -> fail("read(): of \"%s\" gives a value that %s", text, reason));
      } catch (RuntimeException e) {
        throw new AssertionError(
            "read(): throws " + e + " for \"" + text + "\", must leave out what makes no sense", e);
      }
    }
  }

  static void vectorsFitTheKind(Subject subject) {
    VectorForm form = (VectorForm) subject.modality().representation();
    Kind.EmbeddingSequence kind = (Kind.EmbeddingSequence) subject.declaration().kind();
    for (Value sample : subject.samples()) {
      Value.Vectors vectors = form.vectors(sample);
      if (vectors.dim() != kind.dim() || vectors.count() > kind.maxTokens()) {
        fail(
            "vectors(): gives %d of width %d, declared are at most %d of width %d",
            vectors.count(), vectors.dim(), kind.maxTokens(), kind.dim());
      }
      requireFinite("vectors()", vectors.data());
    }
  }

  static void pixelsScaleToFiniteNumbers(Subject subject) {
    PixelScaling scaling = (PixelScaling) subject.modality().representation();
    for (Value sample : subject.samples()) {
      requireFinite("representation()", scaling.scale((Value.Raster) sample).data());
    }
  }

  private static void requireFinite(String what, float[] data) {
    for (float x : data) {
      if (!Float.isFinite(x)) {
        fail("%s gives the number %s, must be finite", what, x);
      }
    }
  }
}
