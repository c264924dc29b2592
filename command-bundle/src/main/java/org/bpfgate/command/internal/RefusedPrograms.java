package org.bpfgate.command.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.read.internal.Printable;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;

/**
 * The programs that were refused and why, each once with the number of times. Many clients show no reason: they give the kernel no
 * log, or keep it to themselves. Not safe for use by several threads.
 */
final class RefusedPrograms {
    /** As many lines as a person reads. */
    private static final int MOST_LINES = 20;

    /** More different ones are only counted, so that no client makes bpfgate remember without end. */
    private static final int MOST_KEPT = 1000;

    private final Map<String, Integer> times = new LinkedHashMap<>();
    private final Remedies remedies = new Remedies();
    private final boolean permissive;
    private int notKept;

    /**
     * Knows of none yet.
     *
     * @param permissive whether what is denied is loaded all the same
     */
    RefusedPrograms(boolean permissive) {
        this.permissive = permissive;
    }

    /** Adds a load that the gate denied. */
    void add(MediationRecord denied) {
        HookResult denial = denied.decision()
                .map(LoadDecision::result)
                .filter(result -> !result.isAllow())
                .or(denied::said)
                .orElse(HookResult.ALLOW);
        String errno = denial.errno().map(number -> number + ": ").orElse("");
        String bare = denial.reason();
        // What else the gate knows stands behind the reason there.
        String told = denied.result().reason();
        String why = told.startsWith(bare) ? told : bare;
        count(denied, permissive ? "would be denied: " : "denied: ", errno + why + verdicts(denied));
        remedies.add(denied);
    }

    /** What verifiers say against the program, which a policy's reason only names by a word. */
    private static String verdicts(MediationRecord denied) {
        StringBuilder text = new StringBuilder();
        for (LoadDecision.Report entry :
                denied.decision().map(LoadDecision::reports).orElse(List.of())) {
            switch (entry.report().verdict()) {
                case OK, UNSIGNED, NONE -> {
                    // Nothing is against it.
                }
                default ->
                    text.append("; ")
                            .append(entry.verifier())
                            .append(": ")
                            .append(entry.report().reason());
            }
        }
        return text.toString();
    }

    /** Returns whether the kernel refused a load because the client has too few rights. */
    static boolean rightsLack(MediationRecord failed) {
        return failed.result().errno().isPresent() && failed.result().reason().contains("the client lacks CAP_");
    }

    /** Adds a load that the gate allowed and the kernel refused because the client has too few rights. */
    void addIfRightsLack(MediationRecord failed) {
        if (rightsLack(failed)) {
            count(failed, "refused by the kernel: ", failed.result().reason());
        }
    }

    private void count(MediationRecord record, String how, String reason) {
        String line =
                how + record.load().map(RefusedPrograms::program).orElse("a program") + by(record) + ": " + reason;
        if (times.size() < MOST_KEPT || times.containsKey(line)) {
            times.merge(line, 1, Integer::sum);
        } else {
            notKept++;
        }
    }

    private static String program(ProgramLoad load) {
        BpfProgram program = load.program();
        String name = program.name().isEmpty() ? "a program without a name" : program.name();
        String probe = load.probe().map(known -> ", feature probe " + known).orElse("");
        return name + " (" + program.type().label() + probe + ", "
                + program.instructions().digest().orElseThrow() + ")";
    }

    private static String by(MediationRecord record) {
        return record.client().map(client -> " of " + client.comm()).orElse("");
    }

    /** Returns the lines, without control characters. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : times.entrySet()) {
            if (lines.size() == MOST_LINES) {
                break;
            }
            lines.add(Printable.of(entry.getKey()) + (entry.getValue() > 1 ? " (" + entry.getValue() + " times)" : ""));
        }
        int left = times.size() - lines.size() + notKept;
        if (left > 0) {
            lines.add("and " + left + " more; --audit FILE records all");
        }
        lines.addAll(remedies.lines());
        return lines;
    }
}
