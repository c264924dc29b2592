package org.bpfgate.command.internal.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code check --gate} on the side of who asks: has the running gate perform the same command line. The gate reads the files, so their
 * names are made absolute.
 */
final class RunningGateCheck {
    private static final String AS = "--as";
    private static final String EXECUTABLE = "exe=";

    /** What says how a load is made and how the answer is shown. Whom to trust and what decides is the gate's own. */
    static final Set<String> TAKEN = Set.of(
            CheckCommand.GATE, "--keyring", "--signature", AS, "--format", "--color", "--quiet", "--only-denied");

    private final CommandContext context;
    private final CommandLine command;

    RunningGateCheck(CommandContext context, CommandLine command) {
        this.context = context;
        this.command = command;
    }

    /** Asks, prints the answer, and returns the exit code. */
    int ask(boolean isColored) throws GateException {
        List<String> words = new ArrayList<>(List.of("check", "--color", isColored ? "always" : "never"));
        ParseResult parsed = command.getParseResult();
        for (OptionSpec option : parsed.matchedOptions()) {
            if (Stream.of(option.names()).noneMatch(TAKEN::contains)) {
                throw new ParameterException(
                        command,
                        option.longestName() + " does not go with " + CheckCommand.GATE
                                + ": the running gate decides by its own settings");
            }
            if (!option.longestName().equals("--color")) {
                words.addAll(words(option));
            }
        }
        words.add("--");
        parsed.matchedPositionals().forEach(programs -> words.addAll(texts(programs)));
        Map<String, Object> result = ControlClient.of(context)
                .ask(CheckVerb.NAME, Map.of("words", words), item -> print(item, CheckVerb.OUT, CheckVerb.ERR));
        return result.get(CheckVerb.EXIT_CODE) instanceof Number code ? code.intValue() : 1;
    }

    private void print(Map<String, Object> item, String out, String err) {
        if (item.get(out) instanceof String text) {
            context.console().out().print(text);
        }
        if (item.get(err) instanceof String text) {
            context.console().lines(text);
        }
    }

    private static List<String> words(OptionSpec option) {
        if (option.arity().max() == 0) {
            return List.of(option.longestName());
        }
        return texts(option).stream()
                .map(value -> option.longestName() + "=" + (option.longestName().equals(AS) ? requester(value) : value))
                .toList();
    }

    private static List<String> texts(ArgSpec argument) {
        Object given = argument.getValue();
        Stream<?> values = given instanceof List<?> list ? list.stream() : Stream.of(given);
        return values.map(value -> value instanceof Path path ? absolute(path) : String.valueOf(value))
                .toList();
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }

    private static String requester(String words) {
        return Stream.of(words.split(",", -1))
                .map(word -> word.startsWith(EXECUTABLE) && !word.startsWith(EXECUTABLE + "sha256:")
                        ? EXECUTABLE + absolute(Path.of(word.substring(EXECUTABLE.length())))
                        : word)
                .collect(Collectors.joining(","));
    }
}
