package org.bpfgate.framework.internal.candidate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.stack.CandidateReport;
import org.bpfgate.stack.CandidateReport.Example;
import org.bpfgate.stack.CandidateReport.Kind;
import org.bpfgate.stack.LoadDecision;

/** The counts of a candidate. Safe for use by several threads. */
final class Comparison {
    /** Examples of each kind that are kept. */
    static final int EXAMPLES = 5;

    private static final int TIMES_SLOWER = 2;
    private static final long SLOWER_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Of a reason in an example. */
    private static final int LONGEST_TEXT = 500;

    private final Instant begun = Instant.now();

    /** Counted by the deciding threads. */
    private final AtomicLong seen = new AtomicLong();

    private final AtomicLong skipped = new AtomicLong();

    /** The rest is guarded by this. */
    private final Map<Kind, List<Example>> examples = new EnumMap<>(Kind.class);

    private final Set<String> types = new TreeSet<>();

    private long alike;
    private long deniedByBoth;
    private long newlyAllowed;
    private long newlyDenied;
    private long failed;
    private long slower;

    void saw() {
        seen.incrementAndGet();
    }

    void skip(int loads) {
        skipped.addAndGet(loads);
    }

    /** Counts a load that both have decided on. */
    synchronized void compare(DecidedLoad load, LoadDecision candidate, long nanos) {
        types.add(load.load.program().type().label());
        if (load.decision.isAllow() == candidate.isAllow()) {
            alike++;
            deniedByBoth += candidate.isAllow() ? 0 : 1;
        } else if (candidate.isAllow()) {
            newlyAllowed++;
            example(Kind.NEWLY_ALLOWED, load, candidate, nanos);
        } else {
            newlyDenied++;
            example(Kind.NEWLY_DENIED, load, candidate, nanos);
        }
        if (nanos > TIMES_SLOWER * load.nanos && nanos - load.nanos >= SLOWER_NANOS) {
            slower++;
            example(Kind.SLOWER, load, candidate, nanos);
        }
    }

    /** Counts a load on which a module of the candidate failed: what it would say otherwise is not known. */
    synchronized void fail(DecidedLoad load, LoadDecision candidate, long nanos) {
        failed++;
        example(Kind.FAILED, load, candidate, nanos);
    }

    private void example(Kind kind, DecidedLoad load, LoadDecision candidate, long nanos) {
        List<Example> kept = examples.computeIfAbsent(kind, none -> new ArrayList<>());
        if (kept.size() == EXAMPLES) {
            return;
        }
        BpfProgram program = load.load.program();
        kept.add(new Example(
                kind,
                load.time,
                program.name(),
                program.type().label(),
                program.instructions().digest().map(ProgramDigest::toString).orElse(""),
                load.load
                        .client()
                        .map(client -> client.comm() + "[" + client.pid() + "]")
                        .orElse(""),
                reason(load.decision),
                reason(candidate),
                TimeUnit.NANOSECONDS.toMicros(load.nanos),
                TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    private static String reason(LoadDecision decision) {
        String text = decision.isAllow() ? "allows it" : decision.why();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /** Returns how many loads are compared, failed or skipped. */
    synchronized long done() {
        return alike + newlyAllowed + newlyDenied + failed + skipped.get();
    }

    synchronized CandidateReport report(String ended) {
        long left = skipped.get();
        long all = seen.get();
        List<Example> shown = new ArrayList<>();
        examples.values().forEach(shown::addAll);
        return new CandidateReport(
                begun,
                ended,
                all,
                alike,
                deniedByBoth,
                newlyAllowed,
                newlyDenied,
                failed,
                left,
                all - alike - newlyAllowed - newlyDenied - failed - left,
                slower,
                List.copyOf(types),
                shown);
    }
}
