package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputException;
import org.bpfgate.command.internal.io.StandardInput;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Runs the verb, after standard input has taken the place of an input file that is called {@code -}. */
final class InputExecution extends CommandLine.RunLast {
    /** Options whose files are written. */
    private static final Set<String> OUTPUTS = Set.of("-o", "--audit", "--state");

    private final Console console;

    InputExecution(Console console) {
        this.console = console;
    }

    /** Prints help where it is asked for, and else runs the verb. */
    @Override
    public int execute(ParseResult parsed) {
        try {
            return super.execute(parsed);
        } catch (OutputException e) {
            // It is help that could not be printed; the console tells it.
            return ExitCode.FAILED;
        }
    }

    /** Is called when neither help nor the version is asked for. */
    @Override
    protected List<Object> handle(ParseResult parsed) {
        CommandLine command = parsed.commandSpec().commandLine();
        try {
            for (ParseResult result = parsed; result != null; result = result.subcommand()) {
                command = result.commandSpec().commandLine();
                for (ArgSpec argument : result.matchedArgs()) {
                    if (!isOutput(argument)) {
                        replaceIn(argument);
                    }
                }
            }
        } catch (InputException e) {
            throw new CommandLine.ExecutionException(command, "standard input cannot be used", e);
        }
        return super.handle(parsed);
    }

    private static boolean isOutput(ArgSpec argument) {
        return argument instanceof OptionSpec option
                && Set.of(option.names()).stream().anyMatch(OUTPUTS::contains);
    }

    private void replaceIn(ArgSpec argument) throws InputException {
        Object value = argument.getValue();
        if (value instanceof Path path) {
            if (path.equals(StandardInput.NAME)) {
                argument.setValue(console.input().read());
            }
        } else if (value instanceof List<?> list && list.contains(StandardInput.NAME)) {
            List<Object> replaced = new ArrayList<>();
            for (Object one : list) {
                replaced.add(StandardInput.NAME.equals(one) ? console.input().read() : one);
            }
            argument.setValue(replaced);
        }
    }
}
