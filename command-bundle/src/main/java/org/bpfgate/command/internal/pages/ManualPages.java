package org.bpfgate.command.internal.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual pages of a tree of commands, one for each command, from the words that its help has. */
public final class ManualPages {
    /** The column of a row of help that holds the description. */
    private static final int DESCRIPTION = 4;

    /** A synopsis stands behind the margin of a page. */
    private static final int WIDTH = 72;

    private final CommandLine root;
    private final String version;
    private final Function<CommandSpec, Map<String, String>> exitCodes;
    private final Map<String, String> pages = new LinkedHashMap<>();

    private ManualPages(CommandLine root, String version, Function<CommandSpec, Map<String, String>> exitCodes) {
        this.root = root;
        this.version = version;
        this.exitCodes = exitCodes;
    }

    /**
     * Writes the pages.
     *
     * @param root the tree of commands
     * @param version of the program, with its name
     * @param exitCodes what a command's exit codes mean, besides those of which its own help tells
     * @return the pages by the names of their files, such as {@code bpfgate-check.1}
     */
    public static Map<String, String> of(
            CommandLine root, String version, Function<CommandSpec, Map<String, String>> exitCodes) {
        ManualPages pages = new ManualPages(root, version, exitCodes);
        pages.add(root);
        return pages.pages;
    }

    private void add(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String name = spec.qualifiedName("-");
        pages.put(name + ".1", page(command, name));
        for (CommandLine below : command.getSubcommands().values()) {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                add(below);
            }
        }
    }

    private String page(CommandLine command, String name) {
        CommandSpec spec = command.getCommandSpec();
        command.setUsageHelpWidth(WIDTH);
        Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        String summary = String.join(" ", spec.usageMessage().description());
        Roff page = new Roff().title(name, version);
        page.section("NAME").text(name + " - " + summary);
        page.section("SYNOPSIS").verbatim(help.synopsis(0).strip());
        page.section("DESCRIPTION").text(summary);
        arguments(page, spec, help);
        options(page, spec, help);
        commands(page, command);
        exitStatus(page, spec);
        page.section("SEE ALSO").text(seeAlso(command));
        return page.toString();
    }

    private static void arguments(Roff page, CommandSpec spec, Help help) {
        List<PositionalParamSpec> arguments = spec.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .toList();
        if (!arguments.isEmpty()) {
            page.section("ARGUMENTS");
        }
        for (PositionalParamSpec argument : arguments) {
            Text[][] rows = help.createDefaultParameterRenderer()
                    .render(argument, help.createDefaultParamLabelRenderer(), help.colorScheme());
            page.item(argument.paramLabel(), description(rows));
        }
    }

    private static void options(Roff page, CommandSpec spec, Help help) {
        page.section("OPTIONS");
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                Text[][] rows = help.createDefaultOptionRenderer()
                        .render(option, help.createDefaultParamLabelRenderer(), help.colorScheme());
                page.item(names(option), description(rows));
            }
        }
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private static String description(Text[]... rows) {
        List<String> lines = new ArrayList<>();
        for (Text[] row : rows) {
            lines.add(row[DESCRIPTION].toString().strip());
        }
        return String.join(" ", lines).strip();
    }

    private static void commands(Roff page, CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        page.section("COMMANDS");
        command.getSubcommands().forEach((name, below) -> {
            CommandSpec spec = below.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                page.item(
                        name,
                        String.join(" ", spec.usageMessage().description()) + " See " + spec.qualifiedName("-")
                                + "(1).");
            }
        });
    }

    private void exitStatus(Roff page, CommandSpec spec) {
        Map<String, String> codes = new LinkedHashMap<>(spec.usageMessage().exitCodeList());
        exitCodes.apply(spec).forEach(codes::putIfAbsent);
        if (!codes.isEmpty()) {
            page.section("EXIT STATUS");
            codes.forEach(page::item);
        }
    }

    private String seeAlso(CommandLine command) {
        List<String> others = new ArrayList<>();
        CommandLine parent = command.getParent();
        if (parent == null) {
            command.getSubcommands().values().forEach(below -> others.add(reference(below)));
        } else {
            others.add(reference(root));
            parent.getSubcommands().values().stream()
                    .filter(sibling -> !sibling.equals(command) && !parent.equals(root))
                    .forEach(sibling -> others.add(reference(sibling)));
        }
        return String.join(", ", others);
    }

    private static String reference(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-") + "(1)";
    }
}
