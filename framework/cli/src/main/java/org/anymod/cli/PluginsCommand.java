package org.anymod.cli;

import picocli.CommandLine.Command;

/** {@code anymod plugins}. */
@Command(
    name = "plugins",
    description = "Look at the plugins of an installation, or begin a new one.",
    subcommands = {
      PluginsListCommand.class,
      PluginsDescribeCommand.class,
      PluginsVerifyCommand.class,
      PluginsNewCommand.class
    })
final class PluginsCommand extends CommandGroup {}
