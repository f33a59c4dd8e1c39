package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod benchmark}. */
@Command(
    name = "benchmark",
    description =
        "Measure speed and memory of training steps, masking, reading, tokenizing, sampling and search.",
    subcommands = {
      BenchmarkTrainCommand.class,
      BenchmarkMaskCommand.class,
      BenchmarkDataCommand.class,
      BenchmarkTokenizeCommand.class,
      BenchmarkSampleCommand.class,
      BenchmarkRetrieveCommand.class
    })
final class BenchmarkCommand extends CommandGroup {}
