package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod benchmark}. */
@Command(
    name = "benchmark",
    description = "Measure speed and memory of training steps, masking and reading.",
    subcommands = {
      BenchmarkTrainCommand.class,
      BenchmarkMaskCommand.class,
      BenchmarkDataCommand.class
    })
final class BenchmarkCommand extends CommandGroup {}
