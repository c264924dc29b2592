package org.bpfgate.command.internal.lsm;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import picocli.CommandLine.Mixin;

/** What the verbs share that show something of the running gate. */
abstract class LsmQueryCommand implements Callable<Integer> {
    private final CommandContext context;
    private final String verb;
    private final String member;

    @Mixin
    private FormatOption format = new FormatOption();

    /**
     * Makes a verb.
     *
     * @param verb its name at the control socket
     * @param member the member of the JSON output that has the items
     */
    LsmQueryCommand(CommandContext context, String verb, String member) {
        this.context = context;
        this.verb = verb;
        this.member = member;
    }

    @Override
    public final Integer call() throws GateException, IOException {
        List<Map<String, Object>> items = new ArrayList<>();
        Map<String, Object> result =
                new LinkedHashMap<>(ControlClient.of(context).ask(verb, Map.of(), items::add));
        if (format.isJson()) {
            result.put(member, items);
            context.console().out().println(JSON.std.asString(result));
        } else {
            print(items, result, context.console());
        }
        return ExitCode.OK;
    }

    /** Prints the answer for people. */
    abstract void print(List<Map<String, Object>> items, Map<String, Object> result, Console console);
}
