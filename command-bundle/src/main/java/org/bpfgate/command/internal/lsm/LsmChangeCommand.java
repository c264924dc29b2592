package org.bpfgate.command.internal.lsm;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import org.bpfgate.command.internal.io.Printable;
import picocli.CommandLine.Mixin;

/** What the verbs share that change the modules of the running gate. */
abstract class LsmChangeCommand implements Callable<Integer> {
    private final CommandContext context;
    private final String verb;
    private final String done;

    @Mixin
    private FormatOption format = new FormatOption();

    /**
     * Makes a verb.
     *
     * @param verb its name at the control socket
     * @param done what has happened to the module then
     */
    LsmChangeCommand(CommandContext context, String verb, String done) {
        this.context = context;
        this.verb = verb;
        this.done = done;
    }

    /** Returns the arguments of the verb. */
    abstract Map<String, Object> arguments();

    @Override
    public final Integer call() throws GateException, IOException {
        Map<String, Object> result = ControlClient.of(context).ask(verb, arguments(), item -> {});
        Console console = context.console();
        if (format.isJson()) {
            console.out().println(JSON.std.asString(result));
            return ExitCode.OK;
        }
        String module = result.containsKey("name") ? ": " + result.get("name") + " " + result.get("version") : "";
        console.out()
                .println(Printable.of(done + module + "; generation " + result.get("before") + " before, "
                        + result.get("after") + " after"));
        if (result.containsKey("waits")) {
            console.warning(result.get("name") + " has no module in the stack yet: it " + result.get("waits"));
        }
        return ExitCode.OK;
    }
}
