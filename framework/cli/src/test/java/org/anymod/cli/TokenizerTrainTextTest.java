package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.anymod.networks.text.TextTokenizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTrainTextTest {
  @TempDir Path folder;

  private Path first;
  private Path second;
  private Path classes;
  private Path target;

  @BeforeEach
  void writeTexts() throws IOException {
    first = folder.resolve("first.txt");
    second = folder.resolve("second.txt");
    classes = folder.resolve("classes.txt");
    target = folder.resolve("made/words.json");
    Files.writeString(first, "a hot dog on the table\nthe tables\n".repeat(20));
    Files.writeString(second, "two cats and the hot dog, again\n");
    Files.writeString(classes, "cat\nHot dog\n\n");
  }

  private CommandRun train(Path one, Path two, Path to) {
    return CommandRun.of(
        "tokenizer",
        "train-text",
        one,
        two,
        "--to",
        to,
        "--vocabulary",
        160,
        "--sentinels",
        3,
        "--bins",
        10,
        "--classes",
        classes);
  }

  @Test
  void writesTheLayoutOfPublishedVocabularies() throws Exception {
    CommandRun run = train(first, second, target);
    assertThat(run.exitCode()).as(run.err()).isZero();
    TextTokenizer text = TextTokenizer.read(target);
    assertThat(IntStream.range(0, 7).mapToObj(text::tokenOf))
        .containsExactly("[PAD]", "[UNK]", "[SOS]", "[EOS]", "[S_0]", "[S_1]", "[S_2]");
    assertThat(text.tokenOf(7)).isEqualTo("v0=0");
    assertThat(text.tokenOf(16)).isEqualTo("v0=9");
    assertThat(text.tokenOf(17)).isEqualTo("v1=0");
    assertThat(text.tokenOf(46)).isEqualTo("v3=9");
    assertThat(text.tokenOf(47)).isEqualTo("cat");
    assertThat(text.tokenOf(48)).isEqualTo("Hot dog");
    assertThat(text.encode("v3=9 hot dog [S_1]")).containsExactly(46, 48, 5);
    assertThat(text.tokenOf(text.encode("table")[0])).isEqualTo("table");
    assertThat(text.decode(text.encode("the table, again"))).isEqualTo("the table, again");
    assertThat(run.out()).contains(text.size() + " entries, 3 sentinels", text.identity());
  }

  @Test
  void sameTextsInAnyOrderGiveTheSameFile() throws IOException {
    Path again = folder.resolve("again.json");
    assertThat(train(first, second, target).exitCode()).isZero();
    assertThat(train(second, first, again).exitCode()).isZero();
    assertThat(again).hasSameBinaryContentAs(target);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(train(first, folder.resolve("absent.txt"), target).err())
        .contains("absent.txt: no such file");
    Files.write(second, new byte[] {'a', '\n', 'b', '\n', (byte) 0xff, '\n'});
    CommandRun run = train(first, second, target);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(run.err()).contains("second.txt", "is not UTF-8");
    assertThat(target).doesNotExist();
    CommandRun small =
        CommandRun.of("tokenizer", "train-text", first, "--to", target, "--vocabulary", 300);
    assertThat(small.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(small.err()).contains("vocabularySize is 300, allowed are 4204");
  }

  @Test
  void keepsAFileThatIsThere() throws IOException {
    Files.createDirectories(target.getParent());
    Files.writeString(target, "mine");
    CommandRun run = train(first, second, target);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(target).hasContent("mine");
  }
}
