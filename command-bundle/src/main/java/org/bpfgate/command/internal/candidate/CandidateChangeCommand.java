package org.bpfgate.command.internal.candidate;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import org.bpfgate.command.internal.io.Printable;
import picocli.CommandLine.Mixin;

/** What the verbs share that change the candidate of the running gate. */
abstract class CandidateChangeCommand implements Callable<Integer> {
    private final CommandContext context;
    private final String verb;

    @Mixin
    private FormatOption format = new FormatOption();

    /**
     * Makes a verb.
     *
     * @param verb its name at the control socket
     */
    CandidateChangeCommand(CommandContext context, String verb) {
        this.context = context;
        this.verb = verb;
    }

    /** Returns the arguments of the verb. */
    abstract Map<String, Object> arguments();

    /** Returns what has happened, one line for people. */
    abstract String told(Map<String, Object> result);

    @Override
    public final Integer call() throws GateException, IOException {
        Map<String, Object> result = ControlClient.of(context).ask(verb, arguments(), item -> {});
        context.console().out().println(format.isJson() ? JSON.std.asString(result) : Printable.of(told(result)));
        return ExitCode.OK;
    }
}
