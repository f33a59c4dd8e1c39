package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anymod.core.data.DatasetException;
import org.anymod.core.pipeline.Run;
import org.anymod.core.values.ValueReader;
import org.anymod.serve.AnymodServer;
import org.anymod.serve.ServeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod serve}. */
@Command(
    name = "serve",
    description = {
      "Serve the trained model of a recipe: a page to play with, and a JSON API.",
      "Only this machine can reach it unless --host says otherwise, which needs a token. Ctrl-C ends",
      "it when the requests that it has accepted are done."
    })
final class ServeCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 100;

  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--super-resolution",
      paramLabel = "RECIPE",
      description = "A second model that draws finer forms of what the first has drawn.")
  private Path second;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen at (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen at; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = {
        "What clients must send as bearer token (default: the variable ANYMOD_TOKEN, which other",
        "users of the machine cannot see)."
      })
  private String token;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "32",
      description = "Requests that may wait; more are refused (default: ${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = {
        "Requests that run at once; equal plans run as one batch (default: ${DEFAULT-VALUE})."
      })
  private int parallel;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "Longest time that a request may run (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      defaultValue = "16MiB",
      description = "Largest request (default: ${DEFAULT-VALUE}).")
  private String maxBody;

  @Option(
      names = "--max-samples",
      paramLabel = "N",
      defaultValue = "16",
      description = "Most samples of a request (default: ${DEFAULT-VALUE}).")
  private int maxSamples;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "12",
      description = "Samples of the validation split to offer (default: ${DEFAULT-VALUE}).")
  private int examples;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    ServeSettings settings = settings(System.getenv());
    settings.checkReach();
    // Closed in reverse: the server first, then those who wait for it to have closed.
    RecipeChoice choice = recipe.choice();
    try (RunSession session = RunSession.open(choice, err);
        RunSession fine = second == null ? null : RunSession.open(choice.sibling(second), err);
        Interruption interruption = Interruption.open(err);
        AnymodServer server = start(runs(session, fine), settings, err)) {
      output.write(
          Map.of("address", server.address()),
          out -> out.println("anymod: serving at " + server.address() + " (Ctrl-C ends it)"));
      while (!interruption.signal().requested()) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    return ExitCode.OK;
  }

  /** Returns what the options say. */
  ServeSettings settings(Map<String, String> environment) {
    String secret = token == null ? environment.get("ANYMOD_TOKEN") : token;
    ServeSettings defaults = ServeSettings.DEFAULTS;
    return new ServeSettings(
        host,
        port,
        Optional.ofNullable(secret).filter(text -> !text.isEmpty()),
        queue,
        parallel,
        Quantity.time("--timeout", timeout),
        defaults.grace(),
        Quantity.bytes("--max-body", maxBody),
        maxSamples,
        defaults.kept(),
        examples);
  }

  private static List<Run> runs(RunSession session, RunSession fine) {
    return fine == null ? List.of(session.run()) : List.of(session.run(), fine.run());
  }

  private AnymodServer start(List<Run> runs, ServeSettings settings, PrintWriter err)
      throws IOException {
    return AnymodServer.start(runs, InstalledPresets.open(), split(runs.get(0), err), settings);
  }

  /** A model may be served where its data is not. */
  private Optional<ValueReader> split(Run run, PrintWriter err) {
    if (examples == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(run.data().values(run.recipe().data().validation()));
    } catch (DatasetException e) {
      err.println("anymod: no examples: " + e.getMessage());
    } catch (IOException e) {
      err.println("anymod: no examples: " + e);
    }
    err.flush();
    return Optional.empty();
  }
}
