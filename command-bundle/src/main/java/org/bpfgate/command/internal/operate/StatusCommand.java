package org.bpfgate.command.internal.operate;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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

/** {@code bpfgate status}: whether the running gate is ready, or why not. */
@Command(
        name = "status",
        description =
                "Tell whether the running gate is ready, or why not, and what it consists of. Exit code 0 when it is ready, 1 when not.")
public final class StatusCommand implements Callable<Integer> {
    private static final int SHOWN_DIGITS = 12;

    private final CommandContext context;

    @Mixin
    private FormatOption format = new FormatOption();

    StatusCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws GateException, IOException {
        Map<String, Object> status = ControlClient.of(context).ask("status", Map.of(), item -> {});
        boolean isReady = Boolean.TRUE.equals(status.get("ready"));
        PrintWriter out = context.console().out();
        if (format.isJson()) {
            out.println(JSON.std.asString(status));
        } else {
            print(status, isReady, out);
        }
        return isReady ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(Map<String, Object> status, boolean isReady, PrintWriter out) {
        out.println((isReady ? "ready" : "NOT READY") + ", pid " + status.get("pid") + ", up "
                + status.get("uptimeSeconds") + " s, generation " + status.get("generation"));
        list(status, "problems").forEach(problem -> out.println("problem: " + Printable.of(problem.toString())));
        for (Object each : list(status, "modules")) {
            if (each instanceof Map<?, ?> module) {
                out.println("module " + module.get("name") + " " + module.get("version") + " (" + module.get("bundle")
                        + ", sha256 " + start(module.get("sha256")) + ")"
                        + (Boolean.TRUE.equals(module.get("healthy")) ? "" : " UNHEALTHY"));
            }
        }
        for (Object each : list(status, "policies")) {
            if (each instanceof Map<?, ?> policy && Boolean.TRUE.equals(policy.get("active"))) {
                out.println("policy " + Printable.of(policy.get("name") + " " + policy.get("version")) + " decides");
            }
        }
        List<?> listeners = list(status, "listeners");
        out.println(listeners.size() + " attached");
        for (Object each : listeners) {
            if (each instanceof Map<?, ?> listener) {
                out.println(Printable.of("listener " + listener.get("number") + ": pid " + listener.get("pid")
                        + ", uid " + listener.get("uid") + ", " + listener.get("calls") + " calls, "
                        + listener.get("command")));
            }
        }
    }

    private static String start(@Nullable Object digest) {
        String text = String.valueOf(digest);
        return text.substring(0, Math.min(SHOWN_DIGITS, text.length()));
    }

    private static List<?> list(Map<String, Object> members, String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }
}
