package org.bpfgate.command.internal.candidate;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.control.GateException;
import org.bpfgate.command.internal.io.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bpfgate candidate show}: in what it differs from the live stack. */
@Command(
        name = "show",
        description =
                "Show how many loads the candidate has decided on, in what it differs from the live stack, and examples.")
final class CandidateShowCommand implements Callable<Integer> {
    /** The counts, by the word for people. Their sum without the last one is the number of loads seen. */
    private static final Map<String, String> COUNTS = counts();

    private static final String SLOWER = "slower";

    private final CommandContext context;

    @Mixin
    private FormatOption format = new FormatOption();

    CandidateShowCommand(CommandContext context) {
        this.context = context;
    }

    private static Map<String, String> counts() {
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("decided alike", "alike");
        counts.put("newly allowed", "newlyAllowed");
        counts.put("newly denied", "newlyDenied");
        counts.put("failed", "failed");
        counts.put("skipped", "skipped");
        counts.put("waiting", "waiting");
        counts.put(SLOWER, SLOWER);
        return counts;
    }

    @Override
    public Integer call() throws GateException, IOException {
        List<Map<String, Object>> examples = new ArrayList<>();
        Map<String, Object> result =
                new LinkedHashMap<>(ControlClient.of(context).ask("candidate.show", Map.of(), examples::add));
        PrintWriter out = context.console().out();
        if (format.isJson()) {
            result.put("examples", examples);
            out.println(JSON.std.asString(result));
            return ExitCode.OK;
        }
        String state = Boolean.TRUE.equals(result.get("running")) ? "running" : "ended: " + result.get("ended");
        out.println(Printable.of("candidate since " + result.get("begun") + ", " + state));
        out.println(result.get("seen") + " loads seen");
        COUNTS.forEach((word, key) -> out.println("  " + word + " " + result.get(key) + of(key, result)));
        for (Map<String, Object> each : examples) {
            print(each, out);
        }
        return ExitCode.OK;
    }

    /** What the counts do not tell alone: without denied loads and other types nobody knows what would be newly allowed of those. */
    private static String of(String key, Map<String, Object> result) {
        return key.equals("alike")
                ? ", of these denied by both " + result.get("deniedByBoth")
                        + (result.get("types") instanceof List<?> types && !types.isEmpty()
                                ? "; types compared: "
                                        + types.stream().map(String::valueOf).collect(Collectors.joining(", "))
                                : "")
                : "";
    }

    private static void print(Map<String, Object> example, PrintWriter out) {
        String kind = COUNTS.entrySet().stream()
                .filter(each -> each.getValue().equals(example.get("kind")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        out.println(Printable.of(kind + ": " + example.get("type") + " program " + example.get("program") + " "
                + example.get("digest") + " " + example.get("client") + " at " + example.get("time")));
        if (kind.equals(SLOWER)) {
            out.println("  live stack " + example.get("liveMicros") + " µs, candidate " + example.get("candidateMicros")
                    + " µs");
        } else {
            out.println(Printable.of("  live stack: " + example.get("live")));
            out.println(Printable.of("  candidate: " + example.get("candidate")));
        }
    }
}
