package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.anymod.core.data.DatasetException;
import org.anymod.torch.parallel.Communicator;

/** The questions of an evaluation that several ranks answer together. */
final class SharedQuestions {
  private final List<Question> all;
  private final EvaluationJournal journal;
  private final Communicator ranks;

  /**
   * Creates it.
   *
   * @param all what is to be measured, the same on all ranks
   * @param journal what was measured
   * @param ranks who measures
   */
  SharedQuestions(List<Question> all, EvaluationJournal journal, Communicator ranks) {
    this.all = all;
    this.journal = journal;
    this.ranks = ranks;
  }

  /**
   * Returns what this rank is to measure of what is missing, in the order of all questions.
   *
   * @throws IOException if the journal cannot be read
   */
  List<Question> own() throws IOException {
    BitSet missing = missing();
    List<Question> asked = missing.stream().mapToObj(all::get).toList();
    return part(asked, Question::output, ranks.rank(), ranks.size());
  }

  /**
   * One rank's part of some questions. They go round output by output, since those with the same
   * output take about as long. A rank asks its own in the order in which they came: those with the
   * same inputs follow each other, and these are tokenized once.
   */
  static <T, U> List<T> part(List<T> asked, Function<T, U> output, int rank, int size) {
    Map<U, List<T>> byOutput = new LinkedHashMap<>();
    asked.forEach(
        question ->
            byOutput.computeIfAbsent(output.apply(question), o -> new ArrayList<>()).add(question));
    List<T> round = byOutput.values().stream().flatMap(List::stream).toList();
    Set<T> own = new HashSet<>();
    for (int i = rank; i < round.size(); i += size) {
      own.add(round.get(i));
    }
    return asked.stream().filter(own::contains).toList();
  }

  /** What rank 0 finds missing, whose word counts: others may be measuring already. */
  private BitSet missing() throws IOException {
    BitSet missing = new BitSet();
    for (int i = 0; i < all.size() && ranks.isFirst(); i++) {
      missing.set(i, journal.measured(all.get(i)).isEmpty());
    }
    long[] bits = Arrays.copyOf(missing.toLongArray(), all.size() / Long.SIZE + 1);
    ranks.union(bits);
    return BitSet.valueOf(bits);
  }

  /**
   * Makes sure that everything was measured.
   *
   * @throws DatasetException if something was not, though all ranks are done
   */
  void check() throws IOException {
    for (Question question : all) {
      if (journal.measured(question).isEmpty()) {
        throw new DatasetException(
            "evaluation: "
                + question.key()
                + " is missing: the ranks must write to the same folder");
      }
    }
  }
}
