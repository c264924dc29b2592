package org.bpfgate.command.internal.context;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb that has verbs of its own, such as {@code policy}; without one of these the command line is wrong. */
public abstract class VerbGroup implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public final void run() {
        CommandLine command = spec.commandLine();
        throw new ParameterException(
                command,
                "a command is missing: "
                        + String.join(", ", command.getSubcommands().keySet()));
    }
}
