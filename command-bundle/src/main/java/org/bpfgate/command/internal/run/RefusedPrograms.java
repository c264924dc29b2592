package org.bpfgate.command.internal.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.io.Printable;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;

/**
 * The programs that were refused and why, each once with the number of times. Many clients show no reason: they give the kernel no
 * log, or keep it to themselves. Not safe for use by several threads.
 */
final class RefusedPrograms {
    /** As many lines as a person reads. */
    private static final int MOST_LINES = 20;

    /** More different ones are only counted, so that no client makes bpfgate remember without end. */
    private static final int MOST_KEPT = 1000;

    private final Map<String, Refused> refused = new LinkedHashMap<>();
    private final Remedies remedies;
    private final boolean permissive;
    private int notKept;

    /**
     * Programs that were refused for one reason.
     *
     * @param times how often
     * @param more what else the gate knows about one of the times; may be empty
     */
    private record Refused(int times, String more) {
        Refused and(Refused other) {
            return new Refused(times + other.times, more.isEmpty() ? other.more : more);
        }
    }

    /**
     * Knows of none yet.
     *
     * @param permissive whether what is denied is loaded all the same
     * @param policy tells what would let a program in
     */
    RefusedPrograms(boolean permissive, Remedies.WhatIf policy) {
        this.permissive = permissive;
        remedies = new Remedies(policy);
    }

    /** Adds a load that the gate denied. */
    void add(MediationRecord denied) {
        LoadDecision decision =
                denied.decision().filter(known -> !known.isAllow()).orElse(null);
        HookResult denial = decision == null ? denied.said().orElse(HookResult.ALLOW) : decision.result();
        String errno = denial.errno().map(number -> number + ": ").orElse("");
        // What else the gate knows stands behind the reason there.
        String bare = denial.reason();
        String reported = denied.result().reason();
        String more = reported.startsWith(bare) ? reported.substring(bare.length()) : "";
        String why = decision == null ? bare : decision.why();
        if (count(denied, permissive ? "would be denied: " : "denied: ", errno + why, more)) {
            remedies.add(denied);
        }
    }

    /** Returns whether the kernel refused a load because the client has too few rights. */
    static boolean rightsLack(MediationRecord failed) {
        return failed.result().errno().isPresent() && failed.result().reason().contains("the client lacks CAP_");
    }

    /** Adds a load that the gate allowed and the kernel refused because the client has too few rights. */
    void addIfRightsLack(MediationRecord failed) {
        if (rightsLack(failed)) {
            count(failed, "refused by the kernel: ", failed.result().reason(), "");
        }
    }

    /** Returns whether this is the first of its kind, and kept. */
    private boolean count(MediationRecord record, String how, String reason, String more) {
        String line =
                how + record.load().map(RefusedPrograms::program).orElse("a program") + by(record) + ": " + reason;
        boolean isNew = !refused.containsKey(line);
        if (isNew && refused.size() == MOST_KEPT) {
            notKept++;
            return false;
        }
        refused.merge(line, new Refused(1, more), Refused::and);
        return isNew;
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
        for (Map.Entry<String, Refused> entry : refused.entrySet()) {
            if (lines.size() == MOST_LINES) {
                break;
            }
            int times = entry.getValue().times();
            lines.add(Printable.of(entry.getKey() + entry.getValue().more())
                    + (times > 1 ? " (" + times + " times)" : ""));
        }
        int left = refused.size() - lines.size() + notKept;
        if (left > 0) {
            lines.add("and " + left + " more; --audit FILE records all");
        }
        remedies.lines().forEach(line -> lines.add(Printable.of(line)));
        return lines;
    }
}
