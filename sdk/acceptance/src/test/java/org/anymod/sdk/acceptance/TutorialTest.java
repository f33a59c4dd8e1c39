package org.anymod.sdk.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Every command and every piece of code of the tutorial, from top to bottom. */
@DisabledOnOs(OS.WINDOWS)
class TutorialTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)(?: (\\S+))?\\n(.*?)^```$");

  /** A block: commands, a file to write, or what the command before prints. */
  private record Block(String language, String file, String text) {}

  @Test
  void doesWhatItSays() throws Exception {
    try (Workshop workshop = Workshop.open()) {
      Path place = Files.createDirectory(workshop.folder().resolve("empty"));
      String printed = "";
      int commands = 0;
      for (Block block : blocks()) {
        switch (block.language()) {
          case "sh" -> {
            printed = workshop.run(place, block.text()).succeeded().output();
            commands++;
          }
          case "text" -> {
            for (String line : block.text().strip().split("\n")) {
              assertThat(printed.replaceAll(" +", " "))
                  .contains(line.strip().replaceAll(" +", " "));
            }
          }
          default -> {
            assertThat(block.file()).as("file of the block %s", block.text()).isNotNull();
            Files.writeString(place.resolve(block.file()), block.text());
          }
        }
      }
      assertThat(commands).isGreaterThan(3);
    }
  }

  private static List<Block> blocks() throws Exception {
    Matcher matcher = BLOCK.matcher(Files.readString(Workshop.ROOT.resolve("sdk/TUTORIAL.md")));
    List<Block> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3)));
    }
    return blocks;
  }
}
