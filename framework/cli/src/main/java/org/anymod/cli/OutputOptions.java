package org.anymod.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code --format}: the result as text for people or JSON for programs, always on standard output.
 */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "How to write the result: text or json (default: ${DEFAULT-VALUE}).")
  private Format format;

  /** Writes a result: records become JSON objects with keys in snake case. */
  void write(Object result, Consumer<PrintWriter> asText) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(ResultMapper.MAPPER.writeValueAsString(result));
    } else {
      asText.accept(out);
    }
    out.flush();
  }
}
