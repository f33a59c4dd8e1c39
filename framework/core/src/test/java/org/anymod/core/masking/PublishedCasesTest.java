package org.anymod.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays every number that the published implementation drew and expects exactly its results. */
class PublishedCasesTest {
  private static final Sentinels SPECIAL = Sentinels.PUBLISHED;
  private static final SequenceMasking SEQUENCES =
      new SequenceMasking(SPECIAL, MaskingOptions.parity().maxTries());

  @TestFactory
  Stream<DynamicTest> reproducesThePublishedCase() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream in = getClass().getResourceAsStream("/masking/masking_cases.json")) {
      for (JsonNode item : new ObjectMapper().readTree(in).get("cases")) {
        tests.add(
            DynamicTest.dynamicTest(
                tests.size() + " " + item.get("fn").textValue(), () -> replay(item)));
      }
    }
    assertThat(tests).hasSize(49);
    return tests.stream();
  }

  private static void replay(JsonNode item) {
    ReplayedRandom random = new ReplayedRandom(item.get("random"));
    switch (item.get("fn").textValue()) {
      case "simple_span_masking" -> span(item, List.of(ints(item.get("sequence"))), false, random);
      case "chunk_span_masking" -> span(item, chunks(item.get("chunks")), true, random);
      case "image_mask" -> grid(item);
      case "sequence_mask" -> sequence(item, random);
      case "sequence_emb_mask_span" -> vectors(item, random);
      default -> throw new AssertionError("unknown case " + item.get("fn"));
    }
    if (!item.get("fn").textValue().equals("image_mask")) {
      random.assertExhausted();
    }
  }

  private static void span(
      JsonNode item, List<int[]> chunks, boolean whole, ReplayedRandom random) {
    SequenceUnits units =
        SequenceUnits.of(
            new Content.Sequence(chunks, whole),
            Integer.MAX_VALUE,
            SequenceUnits.End.NONE,
            SPECIAL.eos());
    SpanMasking spans = new SpanMasking(units.ends());
    spans.draw(item.get("keep_prob").doubleValue(), random);
    assertThat(spans.input(units.ids(), SPECIAL)).containsExactly(ints(item.get("input")));
    assertThat(spans.target(units.ids(), SPECIAL)).containsExactly(ints(item.get("target")));
  }

  private static void grid(JsonNode item) {
    int places = item.get("num_tokens").intValue();
    int input = item.get("input_budget").intValue();
    int target = Math.min(budget(item.get("target_budget")), places - input);
    JsonNode noise = item.get("random").get(0).get("values");
    Masked.Grid masked = GridMasking.split(order(noise), input, target);
    assertThat(masked.visible()).containsExactly(zeros(item.get("out").get("input_mask")));
    assertThat(masked.target()).containsExactly(zeros(item.get("out").get("target_mask")));
  }

  /**
   * A place is visible if its entry among the sorted noise is small: the places in order are the
   * inverse of sorting.
   */
  private static int[] order(JsonNode noise) {
    int[] sorted =
        IntStream.range(0, noise.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> noise.get(i).doubleValue()))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] order = new int[sorted.length];
    for (int place = 0; place < sorted.length; place++) {
      order[sorted[place]] = place;
    }
    return order;
  }

  private static void sequence(JsonNode item, ReplayedRandom random) {
    int inputBudget = item.get("input_budget").intValue();
    SequenceUnits units =
        SequenceUnits.of(
            new Content.Sequence(chunks(item.get("ids")), item.get("whole").booleanValue()),
            item.get("max_tokens").intValue(),
            SequenceUnits.End.BEFORE_CUT,
            SPECIAL.eos());
    Masked.Sequence masked =
        SEQUENCES.mask(units, inputBudget, budget(item.get("target_budget")), keep(item), random);
    int[] tensor = ints(item.get("out").get("tensor"));
    assertThat(masked.input())
        .containsExactly(at(tensor, zeros(item.get("out").get("input_mask"))));
    assertThat(masked.target())
        .containsExactly(at(tensor, zeros(item.get("out").get("target_mask"))));
  }

  private static void vectors(JsonNode item, ReplayedRandom random) {
    JsonNode vectors = item.get("emb");
    int count = Math.min(vectors.size(), item.get("max_tokens").intValue());
    Masked.Vectors masked =
        SEQUENCES.maskVectors(count, item.get("input_budget").intValue(), keep(item), random);
    assertThat(zeros(item.get("out").get("input_mask"))).hasSize(masked.rows().length);
    for (int i = 0; i < masked.rows().length; i++) {
      int row = masked.rows()[i];
      double expected = row < 0 ? 0 : vectors.get(row).get(0).doubleValue();
      assertThat(item.get("out").get("tensor").get(i).get(0).doubleValue()).isEqualTo(expected);
    }
  }

  private static Keep keep(JsonNode item) {
    return Keep.valueOf(item.get("keep_scheme").textValue().toUpperCase(Locale.ROOT));
  }

  private static int budget(JsonNode budget) {
    return budget.isNull() ? MaskingPlan.EVERYTHING : budget.intValue();
  }

  private static List<int[]> chunks(JsonNode arrays) {
    return StreamSupport.stream(arrays.spliterator(), false).map(PublishedCasesTest::ints).toList();
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  /** In the published masks, 0 stands for what is used. */
  private static int[] zeros(JsonNode mask) {
    return IntStream.range(0, mask.size()).filter(i -> mask.get(i).intValue() == 0).toArray();
  }

  private static int[] at(int[] values, int[] places) {
    return Arrays.stream(places).map(place -> values[place]).toArray();
  }
}
