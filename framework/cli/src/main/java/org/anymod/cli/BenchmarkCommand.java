package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod benchmark}. */
@Command(
    name = "benchmark",
    description =
        "Measure speed and memory of training steps, masking, reading, tokenizing and sampling.",
    subcommands = {
      BenchmarkTrainCommand.class,
      BenchmarkMaskCommand.class,
      BenchmarkDataCommand.class,
      BenchmarkTokenizeCommand.class,
      BenchmarkSampleCommand.class
    })
final class BenchmarkCommand extends CommandGroup {}
