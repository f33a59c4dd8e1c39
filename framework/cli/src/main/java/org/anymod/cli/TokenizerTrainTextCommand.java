package org.anymod.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.anymod.core.Progress;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.networks.text.WordPieceTrainer;
import org.anymod.spi.InvalidDataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod tokenizer train-text}. */
@Command(
    name = "train-text",
    description = {
      "Learn a WordPiece vocabulary from text files, one text a line, for text.file of a recipe.",
      "Ids: [PAD] [UNK] [SOS] [EOS], sentinels, v0= to v3= with all bins, class words, characters,",
      "pieces. The same files give the same vocabulary. It has the Hugging Face tokenizers JSON form."
    })
final class TokenizerTrainTextCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Text in UTF-8, one text a line.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "File to write.")
  private Path target;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      defaultValue = "30000",
      description = "Largest number of entries (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--sentinels",
      paramLabel = "N",
      defaultValue = "200",
      description = "Sentinels for hidden spans (default: ${DEFAULT-VALUE}).")
  private int sentinels;

  @Option(
      names = "--bins",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Words of each of v0= to v3=, for coordinates (default: ${DEFAULT-VALUE}).")
  private int bins;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Class words that stay whole, one a line, in the order of their ids.")
  private Path classes;

  @Option(names = "--overwrite", description = "Replace the output if it exists.")
  private boolean overwrite;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Result(String file, int entries, int sentinels, int controlTokens, String identity) {}

  @Override
  public Integer call() throws IOException {
    if (Files.exists(target) && !overwrite) {
      throw new UserMistake(target + " exists; --overwrite replaces it");
    }
    Progress progress = ProgressChoice.on(spec.commandLine().getErr());
    TextTokenizer learned = trainer().train(texts(progress));
    progress.finish();
    Files.createDirectories(target.toAbsolutePath().getParent());
    learned.write(target);
    Result result = result(learned);
    output.write(
        result,
        out ->
            out.println(
                "%s: %d entries, %d sentinels, identity %s"
                    .formatted(
                        result.file(), result.entries(), result.sentinels(), result.identity())));
    return ExitCode.OK;
  }

  private WordPieceTrainer trainer() throws IOException {
    try {
      return new WordPieceTrainer(
          new WordPieceTrainer.Settings(vocabulary, sentinels, bins, words()));
    } catch (IllegalArgumentException e) {
      throw new UserMistake(e.getMessage());
    }
  }

  private List<String> words() throws IOException {
    List<String> words = new ArrayList<>();
    if (classes != null) {
      try (TextLines lines = new TextLines(classes)) {
        lines.forEachRemaining(line -> words.add(line.strip()));
      }
      words.removeIf(String::isEmpty);
    }
    return words;
  }

  /** Lines are read while the trainer counts words, so the files may be larger than memory. */
  private Iterable<String> texts(Progress progress) {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new UserMistake(file + ": no such file");
      }
    }
    progress.start("train-text", files.size(), "file");
    return () -> new InSuccession(files.iterator(), progress);
  }

  /** One file after the other; each is closed at its end. */
  private static final class InSuccession implements Iterator<String> {
    private final Iterator<Path> files;
    private final Progress progress;
    private TextLines open;
    private int done;

    InSuccession(Iterator<Path> files, Progress progress) {
      this.files = files;
      this.progress = progress;
    }

    @Override
    public boolean hasNext() {
      try {
        while (open == null || !open.hasNext()) {
          if (open != null) {
            open.close();
            progress.advance(++done, "");
          }
          if (!files.hasNext()) {
            open = null;
            return false;
          }
          open = new TextLines(files.next());
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return open.next();
    }
  }

  /** What was written is read again, so that a file that no recipe could use is never left. */
  private Result result(TextTokenizer learned) throws IOException {
    try {
      TextTokenizer read = TextTokenizer.read(target);
      if (!read.identity().equals(learned.identity())) {
        throw new IllegalStateException(target + " reads back as another vocabulary");
      }
      return new Result(
          target.toString(), read.size(), read.sentinels(), read.controlTokens(), read.identity());
    } catch (InvalidDataException e) {
      throw new IllegalStateException(target + " does not read back: " + e.getMessage(), e);
    }
  }
}
