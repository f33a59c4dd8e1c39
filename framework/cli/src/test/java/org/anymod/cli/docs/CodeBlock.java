package org.anymod.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param page the page
 * @param line line of its fence, from 1
 * @param language what stands behind the fence
 * @param text its lines
 */
record CodeBlock(Path page, int line, String language, String text) {
  private static final Pattern FENCE = Pattern.compile("^(\\s*)```(\\S*)\\s*$");

  /** Reads the blocks of a page. */
  static List<CodeBlock> of(Path page) throws IOException {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    String language = null;
    int start = 0;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        text.append(lines.get(i)).append('\n');
      } else if (language == null) {
        language = fence.group(2);
        start = i + 1;
        text.setLength(0);
      } else {
        blocks.add(new CodeBlock(page, start, language, text.toString()));
        language = null;
      }
    }
    if (language != null) {
      throw new IOException(page + ": the block that begins at line " + start + " does not end");
    }
    return blocks;
  }

  /** The commands of a block of shell: lines without comments, continued ones joined. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (String line : text.replaceAll("\\\\\n\\s*", " ").split("\n")) {
      String command = line.replaceAll("(^|\\s)#.*$", "").strip();
      if (!command.isEmpty()) {
        commands.add(command);
      }
    }
    return commands;
  }

  @Override
  public String toString() {
    return page.normalize() + ":" + line;
  }
}
