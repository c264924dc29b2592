package org.bpfgate.command.internal.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpfgate.settings.NearestWord;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and what was probably meant. */
public final class UsageFault {
    /** A shorter word has too many near it. */
    private static final int SHORTEST = 3;

    private UsageFault() {}

    /** Returns the line, without the program's name. */
    public static String message(ParameterException fault) {
        if (fault instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched);
        }
        ArgSpec argument = fault.getArgSpec();
        String value = fault.getValue();
        if (argument != null && value != null && argument.type().isEnum()) {
            return enumeration(argument, value);
        }
        return String.valueOf(fault.getMessage());
    }

    private static String unmatched(UnmatchedArgumentException fault) {
        CommandSpec command = fault.getCommandLine().getCommandSpec();
        String word = fault.getUnmatched().getFirst();
        if (fault.isUnknownOption()) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (name.equals("--root")) {
                return "'--root' comes before the command, as in: bpfgate --root DIR status";
            }
            return "unknown option '" + name + "'" + didYouMean(name, optionNames(command));
        }
        if (!command.subcommands().isEmpty()) {
            List<String> verbs = new ArrayList<>(command.subcommands().keySet());
            return "there is no command '" + word + "'" + didYouMean(word, verbs);
        }
        return String.valueOf(fault.getMessage());
    }

    private static List<String> optionNames(CommandSpec command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    /** The values as they are typed, where picocli would show the names of the constants. */
    private static String enumeration(ArgSpec argument, String value) {
        List<String> values = values(argument.type());
        String what =
                argument instanceof OptionSpec option ? "option '" + option.longestName() + "'" : argument.paramLabel();
        return "Invalid value for " + what + ": expected " + alternatives(values) + ", but was '" + value + "'"
                + didYouMean(value, values);
    }

    private static List<String> values(Class<?> type) {
        List<String> values = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            values.add(constant.toString().toLowerCase(Locale.ROOT));
        }
        return values;
    }

    private static String alternatives(List<String> values) {
        int last = values.size() - 1;
        return last == 0 ? values.getFirst() : String.join(", ", values.subList(0, last)) + " or " + values.get(last);
    }

    /** Returns words that continue a message: the candidate that was probably meant, if there is one. */
    public static String didYouMean(String word, Collection<String> candidates) {
        Optional<String> near = word.length() < SHORTEST ? Optional.empty() : NearestWord.of(word, candidates);
        return near.map(meant -> "; did you mean '" + meant + "'?").orElse("");
    }
}
