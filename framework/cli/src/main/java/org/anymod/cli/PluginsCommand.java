package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod plugins}. */
@Command(
    name = "plugins",
    description = "Look at the plugins of an installation.",
    subcommands = {
      PluginsListCommand.class,
      PluginsDescribeCommand.class,
      PluginsVerifyCommand.class
    })
final class PluginsCommand extends CommandGroup {}
