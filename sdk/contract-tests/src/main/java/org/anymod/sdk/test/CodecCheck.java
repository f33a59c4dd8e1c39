package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** Files hold values, and bytes that are no such file are refused in one way only. */
final class CodecCheck {
  private static final int DAMAGED_FILES = 200;

  private CodecCheck() {}

  static void valuesSurviveTheirFile(Subject subject) {
    Modality modality = subject.modality();
    List<Value> samples = subject.samples();
    for (int i = 0; i < samples.size(); i++) {
      Value back = throughFile(modality.codec(), samples.get(i), "sample " + i);
      int number = i;
      modality
          .value()
          .violation(back)
          .ifPresent(reason -> fail("codec(): sample %d read from its file %s", number, reason));
      ValueContent.difference(samples.get(i), back, subject.fileLoss())
          .ifPresent(
              reason ->
                  fail(
                      "codec(): sample %d read from its file %s; if files cannot hold more,"
                          + " override fileLoss()",
                      number, reason));
    }
  }

  private static Value throughFile(Codec codec, Value value, String what) {
    try {
      byte[] file = codec.encode(value);
      byte[] kept = file.clone();
      Value back = codec.decode(file);
      if (!Arrays.equals(file, kept)) {
        fail("codec(): decode writes to the bytes that it is given");
      }
      return back;
    } catch (InvalidDataException e) {
      throw new AssertionError(
          "codec(): refuses the file it wrote of " + what + ": " + e.getMessage(), e);
    }
  }

  static void badBytesAreRefused(Subject subject) {
    Modality modality = subject.modality();
    List<Value> samples = subject.samples();
    for (int n = 0; n < DAMAGED_FILES; n++) {
      byte[] good = modality.codec().encode(samples.get(n % samples.size()));
      byte[] bad = Fuzz.damaged(good, Subject.SEED, n);
      String what = "a damaged file (seed " + Subject.SEED + ", number " + n + ")";
      try {
        Value value = modality.codec().decode(bad);
        if (value == null) {
          fail("codec(): gives null for %s, must throw InvalidDataException", what);
        }
        Optional<String> violation = modality.value().violation(value);
        violation.ifPresent(
            reason ->
                fail(
                    "codec(): takes %s, but the value %s; check it and throw"
                        + " InvalidDataException",
                    what, reason));
      } catch (InvalidDataException e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
          fail("codec(): refuses %s without a message that says what was found", what);
        }
      } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
        throw new AssertionError(
            "codec(): throws " + e + " for " + what + ", must throw InvalidDataException", e);
      }
    }
  }
}
