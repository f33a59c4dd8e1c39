package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.host.plugins.ModalityCheck;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** What a modality says about itself fits together and fits its samples. */
final class DeclarationCheck {
  private static final int VOCABULARY = 17;

  /** One value of each type, so that a specification sees the others too. */
  private static final List<Value> OF_EACH_TYPE =
      List.of(
          new Value.Raster(1, 1, 1, new float[1]),
          new Value.ClassMap(1, 1, new int[1]),
          new Value.Text(""),
          new Value.Vectors(0, 1, new float[0]),
          new Value.Structured(List.of()));

  private DeclarationCheck() {}

  static void hostTakesIt(Subject subject) {
    ModalityCheck.violation(subject.modality()).ifPresent(reason -> fail(reason));
  }

  static void fitsTheRequest(Subject subject) {
    Declaration declared = subject.declaration();
    String key = subject.request(OptionalInt.empty()).key();
    if (!declared.key().equals(key)) {
      fail("declare(): the key is '%s', must be the requested '%s'", declared.key(), key);
    }
    if (declared.kind() instanceof Kind.PixelPatches pixels
        && (pixels.height() != subject.resolution() || pixels.patch() != subject.patch())) {
      fail(
          "declare(): %s does not have the requested %d pixels in patches of %d",
          pixels, subject.resolution(), subject.patch());
    }
    if (!declared.equals(subject.declaration())) {
      fail("declare(): another instance declares %s, not %s", subject.declaration(), declared);
    }
  }

  static void takesTheVocabularyAskedFor(Subject subject) {
    Declaration declared = subject.modality().declare(subject.request(OptionalInt.of(VOCABULARY)));
    int vocabulary = VOCABULARY;
    if (declared.kind() instanceof Kind.TokenGrid grid) {
      vocabulary = grid.vocabulary();
    } else if (declared.kind() instanceof Kind.TokenSequence codes) {
      vocabulary = codes.vocabulary();
    }
    if (vocabulary != VOCABULARY) {
      fail(
          "declare(): the vocabulary is %d where the recipe asks for %d; use"
              + " request.vocabularyOr(default)",
          vocabulary, VOCABULARY);
    }
  }

  static void refusesImpossibleSizesInWords(Subject subject) {
    Modality modality = subject.modality();
    String key = modality.name() + "@" + (subject.resolution() + 1);
    DeclarationRequest request =
        new DeclarationRequest(key, subject.resolution() + 1, subject.patch(), OptionalInt.empty());
    try {
      modality.declare(request);
    } catch (IllegalArgumentException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        fail("declare(): refuses %s without a message that says what is allowed", request);
      }
    } catch (RuntimeException e) {
      fail("declare(): throws " + e + " for " + request + ", must be IllegalArgumentException", e);
    }
  }

  static void samplesFitTheSpecification(Subject subject) {
    List<Value> samples = subject.samples();
    if (samples.size() < 2) {
      fail("samples() gives %d values, give at least two different ones", samples.size());
    }
    for (int i = 0; i < samples.size(); i++) {
      Optional<String> violation = subject.modality().value().violation(samples.get(i));
      int number = i;
      violation.ifPresent(reason -> fail("value(): sample %d %s", number, reason));
    }
    if (ValueContent.difference(samples.get(0), samples.get(1), 0).isEmpty()) {
      fail("samples() gives the same value twice, give at least two different ones");
    }
  }

  static void specificationExplainsOtherValues(Subject subject) {
    Modality modality = subject.modality();
    Class<?> own = subject.samples().get(0).getClass();
    boolean anyRefused = false;
    for (Value other : OF_EACH_TYPE) {
      try {
        Optional<String> violation = modality.value().violation(other);
        anyRefused |= violation.isPresent() && other.getClass() != own;
      } catch (RuntimeException e) {
        fail("value(): throws " + e + " for " + other + ", must say what is wrong with it", e);
      }
    }
    if (!anyRefused) {
      fail("value(): takes values of every type, must refuse those that are not its own");
    }
  }
}
