package org.anymod.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod completion}. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options when Tab is pressed:",
      "  source <(anymod completion bash)    in ~/.bashrc",
      "  source <(anymod completion zsh)     in ~/.zshrc, after compinit"
    })
final class CompletionCommand implements Callable<Integer> {
  private static final String ZSH = "autoload -U +X bashcompinit && bashcompinit\n";

  /** A shell whose completion is known. */
  enum Shell {
    /** Bash 3.2 or newer. */
    BASH,
    /** Z shell, through its emulation of Bash's completion. */
    ZSH
  }

  @Parameters(
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh (default: ${DEFAULT-VALUE}).")
  private Shell shell;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(shell == Shell.ZSH ? ZSH : "");
    out.print(AutoComplete.bash(root.getCommandName(), root));
    out.flush();
    return ExitCode.OK;
  }
}
