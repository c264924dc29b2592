package org.bpfgate.command.internal.operate;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import org.bpfgate.command.internal.io.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfgate decisions}: what the running gate has decided, and decides from now on. */
@Command(name = "decisions", description = "Show the last decisions of the running gate, each with its reason.")
public final class DecisionsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--follow", description = "go on with those that come, until a signal")
    private boolean follow;

    @Option(names = "--denied", description = "show denials only")
    private boolean denied;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "show so many (default: 20; at most 4096)")
    private long last;

    @Mixin
    private FormatOption format = new FormatOption();

    DecisionsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws GateException {
        PrintWriter out = context.console().out();
        ControlClient.of(context)
                .ask("decisions", Map.of("follow", follow, "denied", denied, "last", last), decision -> {
                    out.println(format.isJson() ? json(decision) : text(decision));
                    out.flush();
                });
        return ExitCode.OK;
    }

    private static String json(Map<String, Object> decision) {
        try {
            return JSON.std.asString(decision);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<String, Object> decision) {
        if (decision.get("lost") instanceof Number lost) {
            return lost + " decisions were not shown: they came faster than they were read";
        }
        StringBuilder line = new StringBuilder()
                .append(decision.get("time"))
                .append(' ')
                .append(decision.get("decision"))
                .append(' ')
                .append(decision.get("command"));
        append(line, " ", decision.get("program"));
        append(line, " ", decision.get("object"));
        if (decision.get("client") instanceof Map<?, ?> client) {
            line.append(" by ")
                    .append(client.get("comm"))
                    .append(" (pid ")
                    .append(client.get("pid"))
                    .append(')');
        }
        append(line, ": ", decision.get("reason"));
        if (decision.get("rule") instanceof Map<?, ?> rule) {
            line.append("; ").append(rule.get("policy")).append(", line ").append(rule.get("line"));
        }
        return Printable.of(line.toString());
    }

    private static void append(StringBuilder line, String before, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            line.append(before).append(value);
        }
    }
}
