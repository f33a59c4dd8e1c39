package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;
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
   * Returns what this rank is to measure. What is missing goes round output by output, since
   * questions with the same output take about as long.
   *
   * @throws IOException if the journal cannot be read
   */
  List<Question> own() throws IOException {
    Map<UsedModality, List<Question>> byOutput = new LinkedHashMap<>();
    BitSet missing = missing();
    for (int i = 0; i < all.size(); i++) {
      if (missing.get(i)) {
        Question question = all.get(i);
        byOutput.computeIfAbsent(question.output(), o -> new ArrayList<>()).add(question);
      }
    }
    List<Question> round = byOutput.values().stream().flatMap(List::stream).toList();
    List<Question> own = new ArrayList<>();
    for (int i = ranks.rank(); i < round.size(); i += ranks.size()) {
      own.add(round.get(i));
    }
    return own;
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
