package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed and returned. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int exitCode = Anymod.run(new PrintWriter(out), new PrintWriter(err), words);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** Returns this run, which must have succeeded. */
  CommandRun ok() {
    assertThat(exitCode).as(err).isZero();
    return this;
  }
}
