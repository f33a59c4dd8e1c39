package org.anymod.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of commands in the help of a group: each with the first sentence of its description. */
final class CommandList implements IHelpSectionRenderer {
  private static final Pattern SENTENCE = Pattern.compile("^(.*?[.:])(\\s|$)");

  /** Shows such a list in the help of a command and of all below it. */
  static void showIn(CommandLine command) {
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
    command.getSubcommands().values().forEach(CommandList::showIn);
  }

  @Override
  public String render(Help help) {
    Map<String, Help> commands = help.subcommands();
    if (commands.isEmpty()) {
      return "";
    }
    int names = 2 + commands.keySet().stream().mapToInt(String::length).max().orElse(0);
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(names, 2, Column.Overflow.SPAN),
            new Column(width - names, 2, Column.Overflow.WRAP));
    commands.forEach(
        (name, command) ->
            table.addRowValues(
                help.colorScheme().commandText(name),
                help.colorScheme().text(firstSentence(command))));
    return table.toString();
  }

  private static String firstSentence(Help command) {
    String text = String.join(" ", command.commandSpec().usageMessage().description());
    Matcher sentence = SENTENCE.matcher(text);
    return sentence.find() ? sentence.group(1).replaceAll(":$", ".") : text;
  }
}
