package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod tokenizer}. */
@Command(
    name = "tokenizer",
    description = "Train tokenizers and look at them.",
    subcommands = {
      TokenizerTrainCommand.class,
      TokenizerTrainTextCommand.class,
      TokenizerInspectCommand.class,
      TokenizerCompareCommand.class
    })
final class TokenizerCommand extends CommandGroup {}
