package org.anymod.cli.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.anymod.cli.ProgramOfTests;

/**
 * Runs the program in a folder of its own, command after command: a line of words separated by the
 * unit separator for each. Answers a line with the exit code, then the number of lines that follow.
 */
final class DocumentedProgram {
  static final String SEPARATOR = "\u001f";

  private DocumentedProgram() {}

  /**
   * Reads commands from standard input until it ends.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintWriter answers = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      StringWriter said = new StringWriter();
      int code = ProgramOfTests.run(new PrintWriter(said, true), line.split(SEPARATOR, -1));
      String text = said.toString().strip();
      answers.println(code + " " + text.lines().count());
      text.lines().forEach(answers::println);
    }
  }
}
