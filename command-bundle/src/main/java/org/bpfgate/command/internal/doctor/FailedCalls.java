package org.bpfgate.command.internal.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.command.internal.diagnosis.Cause;
import org.bpfgate.command.internal.diagnosis.Diagnoser;
import org.bpfgate.command.internal.diagnosis.Diagnosis;
import org.bpfgate.command.internal.diagnosis.Failure;
import org.bpfgate.command.internal.host.HostState;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.program.ProgramType;

/** Collects the calls of a command that failed, each kind of failure once with its number. Safe for use by several threads. */
public final class FailedCalls implements MediationListener {
    /** More different ones are only counted, so that no client makes bpfgate remember without end. */
    private static final int MOST_KEPT = 200;

    private final Diagnoser diagnoser;
    private final Map<Explained, Integer> times = new LinkedHashMap<>();
    private int seen;
    private int signed;
    private int notKept;

    /**
     * One kind of failure.
     *
     * @param call the command, and the program where it is a load
     * @param client the name of the thread that called; empty when it was gone
     * @param errno the kernel's spelling of the error
     * @param diagnosis why
     */
    record Explained(String call, String client, String errno, Diagnosis diagnosis) {
        boolean isFault() {
            return diagnosis.cause() != Cause.FEATURE_PROBE;
        }
    }

    /**
     * One kind of failure, and how often it was met.
     *
     * @param failure the kind
     * @param count at least 1
     */
    record Counted(Explained failure, int count) {}

    /** Explains failures by the state of a host. */
    public FailedCalls(HostState host) {
        diagnoser = new Diagnoser(host);
    }

    /** The cause often stands in the log only, also where the client wants none. */
    @Override
    public boolean wantsVerifierLog() {
        return true;
    }

    @Override
    public synchronized void mediated(MediationRecord record) {
        seen++;
        if (record.load().flatMap(load -> load.signature()).isPresent()) {
            signed++;
        }
        String client = record.client().map(who -> who.comm()).orElse("");
        Optional<Failure> failure = Failure.of(record);
        if (failure.isPresent()) {
            add(new Explained(call(failure.get()), client, failure.get().errno(), diagnoser.diagnose(failure.get())));
        } else if (record.result().errno().isPresent() && !isGone(record)) {
            add(new Explained(
                    record.command().toString(),
                    client,
                    record.result().errno().get(),
                    Diagnosis.of(
                            Cause.GATE,
                            "bpfgate itself refuses it: " + record.result().reason(),
                            "run the command without bpfgate to see what the kernel says")));
        }
    }

    /** A client that a signal interrupts, or ends, waits for no answer: nothing was refused. */
    private static boolean isGone(MediationRecord record) {
        return record.result().errno().orElse("").equals("ENOENT")
                && record.result().reason().startsWith("seccomp");
    }

    @Override
    public synchronized void refused(RefusedCall call) {
        seen++;
        if (call.isUnexpected()) {
            add(new Explained(
                    "command word " + call.wordText(),
                    call.client().map(who -> who.comm()).orElse(""),
                    call.result().errno().orElse(""),
                    Diagnosis.of(
                            Cause.GATE,
                            "bpfgate does not know the command, or the way in which it was called: "
                                    + call.result().reason(),
                            "run the command without bpfgate to see what the kernel says")));
        }
    }

    private void add(Explained failure) {
        if (times.size() < MOST_KEPT || times.containsKey(failure)) {
            times.merge(failure, 1, Integer::sum);
        } else {
            notKept++;
        }
    }

    private static String call(Failure failure) {
        if (!failure.isLoad()) {
            return failure.command().toString();
        }
        String name = failure.program().isEmpty() ? "" : " of " + failure.program();
        if (failure.type() == ProgramType.UNSPEC) {
            return "PROG_LOAD" + name;
        }
        String type = failure.instructions() == 0
                ? " (" + failure.type().label() + ")"
                : " (" + failure.type().label() + ", " + failure.instructions()
                        + (failure.instructions() == 1 ? " instruction)" : " instructions)");
        return "PROG_LOAD" + name + type;
    }

    /** Returns the failures, faults before answers to feature probes. */
    synchronized List<Counted> failures() {
        List<Counted> all = new ArrayList<>();
        for (boolean faults : new boolean[] {true, false}) {
            times.forEach((failure, count) -> {
                if (failure.isFault() == faults) {
                    all.add(new Counted(failure, count));
                }
            });
        }
        return all;
    }

    /** Returns how many calls were seen at all. */
    synchronized int seen() {
        return seen;
    }

    /** Returns how many loads carried a signature, which is not given to the kernel. */
    synchronized int signed() {
        return signed;
    }

    /** Returns how many failures were left out, because there were too many different ones. */
    synchronized int notKept() {
        return notKept;
    }

    /** Returns how many calls failed that were no known question about a feature. */
    synchronized int faults() {
        return notKept
                + times.entrySet().stream()
                        .filter(entry -> entry.getKey().isFault())
                        .mapToInt(Map.Entry::getValue)
                        .sum();
    }
}
