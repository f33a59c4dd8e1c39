package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** Answers depend on the question alone: not on earlier ones, instances or threads. */
final class StabilityCheck {
  private static final int THREADS = 4;
  private static final int ROUNDS = 5;

  private StabilityCheck() {}

  /** Answers of one instance to one question after the other. */
  private static Object answer(Function<Value, Object> operation, Value sample) {
    return ValueContent.fingerprint(operation.apply(ValueContent.copy(sample)));
  }

  static void sameAnswersAgain(Subject subject) {
    List<Value> samples = subject.samples();
    Map<String, Function<Value, Object>> used = Operations.of(subject.modality(), subject);
    used.forEach(
        (name, operation) -> {
          List<Object> first = samples.stream().map(sample -> answer(operation, sample)).toList();
          List<Object> again = samples.stream().map(sample -> answer(operation, sample)).toList();
          Map<String, Function<Value, Object>> fresh = Operations.of(subject.modality(), subject);
          for (int i = 0; i < samples.size(); i++) {
            require(name, i, first.get(i), again.get(i), "when asked again");
            Object other = answer(fresh.get(name), samples.get(i));
            require(name, i, first.get(i), other, "from another instance");
          }
        });
  }

  static void inputsAreLeftAlone(Subject subject) {
    Modality modality = subject.modality();
    Operations.of(modality, subject)
        .forEach(
            (name, operation) -> {
              for (Value sample : subject.samples()) {
                Value given = ValueContent.copy(sample);
                operation.apply(given);
                ValueContent.difference(sample, given, 0)
                    .ifPresent(
                        change ->
                            fail("%s changes the value that it is given: it %s", name, change));
              }
            });
  }

  static void resultsAreNotShared(Subject subject) {
    Operations.of(subject.modality(), subject)
        .forEach((name, operation) -> checkResults(name, operation, subject.samples()));
  }

  private static void checkResults(
      String name, Function<Value, Object> operation, List<Value> samples) {
    Object first = operation.apply(ValueContent.copy(samples.get(0)));
    Object kept = ValueContent.fingerprint(first);
    samples.stream().skip(1).map(ValueContent::copy).forEach(operation::apply);
    if (!kept.equals(ValueContent.fingerprint(first))) {
      fail("%s writes over an earlier result; give out a new array each time", name);
    }
    if (first instanceof Value value) {
      ValueContent.overwrite(value);
      if (!kept.equals(answer(operation, samples.get(0)))) {
        fail(
            "%s gives out an array that it keeps: writing to one result changes the next; give out a"
                + " copy",
            name);
      }
    }
  }

  static void parallelCallsEqualSerial(Subject subject) {
    List<Value> samples = subject.samples();
    Modality shared = subject.modality();
    Map<String, Function<Value, Object>> operations = Operations.of(shared, subject);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      operations.forEach(
          (name, operation) -> {
            List<Object> serial =
                samples.stream().map(sample -> answer(operation, sample)).toList();
            List<Future<Object>> parallel = new ArrayList<>();
            for (int n = 0; n < ROUNDS * samples.size() * THREADS; n++) {
              Value sample = samples.get(n % samples.size());
              parallel.add(threads.submit(() -> answer(operation, sample)));
            }
            for (int n = 0; n < parallel.size(); n++) {
              int i = n % samples.size();
              require(name, i, serial.get(i), result(name, parallel.get(n)), "in parallel calls");
            }
          });
    } finally {
      threads.shutdownNow();
    }
  }

  private static Object result(String name, Future<Object> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(name + " fails in parallel calls: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void require(String name, int sample, Object expected, Object found, String when) {
    if (!expected.equals(found)) {
      fail(
          "%s gives another answer to sample %d %s; answers must be a function of the arguments"
              + " alone: keep no state that calls change, and take chance only from a given"
              + " generator",
          name, sample, when);
    }
  }
}
