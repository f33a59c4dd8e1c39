package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod checkpoint}. */
@Command(
    name = "checkpoint",
    description = "Look into, convert, extend and measure files of model weights.",
    subcommands = {
      CheckpointInspectCommand.class,
      CheckpointConvertCommand.class,
      CheckpointExtendCommand.class,
      CheckpointLossesCommand.class
    })
final class CheckpointCommand extends CommandGroup {}
