package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.generation.Generator;
import org.anymod.core.generation.Pending;
import org.anymod.core.generation.Request;
import org.anymod.torch.parallel.Communicator;

/**
 * Answers the requests of a dataset. Samples that follow each other are drawn in one batch, the
 * same ones at each call and for any number of ranks, so that the results are the same bytes. These
 * groups go round the ranks; one whose files are there is left out.
 */
final class BulkAnswers {
  /** Samples that are drawn together. */
  static final int GROUP = 16;

  private final BulkRequests all;
  private final Communicator ranks;
  private final StopSignal stop;

  /** Opens the model, where there is something to do. */
  @FunctionalInterface
  interface Opening {
    Generator open() throws IOException;
  }

  private record Group(int from, int to, List<Request> requests) {}

  BulkAnswers(BulkRequests all, Communicator ranks, StopSignal stop) {
    this.all = all;
    this.ranks = ranks;
    this.stop = stop;
  }

  /**
   * Writes the results that are missing.
   *
   * @return the files that this call, or another rank's, has written
   * @throws StoppedException if the user wants to stop, on all ranks
   */
  List<String> write(Opening opening) throws IOException, InterruptedException {
    List<Path> missing = ranks.isFirst() ? all.missing(0, all.size()) : List.of();
    // Nobody writes before the first rank has seen what is missing.
    if (!ranks.agree(all.identity())) {
      throw new DatasetException("the ranks see other samples or write to other folders");
    }
    List<Integer> own = ownGroups();
    boolean stopped = !own.isEmpty() && !write(own, opening);
    if (ranks.any(stopped)) {
      throw new StoppedException();
    }
    for (Path file : missing) {
      if (!Files.isRegularFile(file)) {
        throw new DatasetException(file + " is missing: the ranks must write to the same folder");
      }
    }
    return missing.stream().map(Path::toString).toList();
  }

  /** First samples of the groups of this rank in which something is missing. */
  private List<Integer> ownGroups() {
    List<Integer> own = new ArrayList<>();
    for (int from = 0; from < all.size(); from += GROUP) {
      boolean mine = from / GROUP % ranks.size() == ranks.rank();
      if (mine && !all.missing(from, end(from)).isEmpty()) {
        own.add(from);
      }
    }
    return own;
  }

  private int end(int from) {
    return Math.min(all.size(), from + GROUP);
  }

  private Group group(int from) throws IOException {
    return new Group(from, end(from), all.requests(from, end(from)));
  }

  /** Returns whether it came to the end. */
  private boolean write(List<Integer> own, Opening opening)
      throws IOException, InterruptedException {
    try (Generator generator = opening.open()) {
      Group group = group(own.get(0));
      for (int i = 0; i < own.size(); i++) {
        // One group at a time, so that no batch is made of two; the next is read meanwhile.
        List<Pending> asked = generator.submitTogether(group.requests());
        Group next = i + 1 < own.size() ? group(own.get(i + 1)) : group;
        for (int k = 0; k < asked.size(); k++) {
          all.write(group.from() + k, Answers.await(asked.get(k), stop));
        }
        group = next;
      }
      return true;
    } catch (StoppedException e) {
      // Closing the generator has ended what was under way.
      return false;
    }
  }
}
