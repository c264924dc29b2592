package org.bpfgate.command.internal.doctor;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.bpfgate.command.internal.host.Finding;
import org.bpfgate.command.internal.io.Printable;

/** The report for people. Names and logs come from programs that may be hostile. */
public final class DoctorText {
    private static final String INDENT = "         ";

    private static final String NOT_SEEN =
            "loads, MAP_CREATE, OBJ_GET and GET_FD_BY_ID of programs and maps are seen; all others (BTF_LOAD,"
                    + " MAP_UPDATE_ELEM, LINK_CREATE, OBJ_PIN) go to the kernel directly, as strace -f -e trace=bpf shows,"
                    + " and a seccomp filter of its own (a container runtime, a sandbox) answers before bpfgate";

    private DoctorText() {}

    /** Prints the state of the host: each finding, what it means, and the fix. */
    public static void host(List<Finding> findings, PrintWriter out) {
        for (Finding finding : findings) {
            out.println(padded(finding.state().text().toUpperCase(Locale.ROOT)) + finding.id() + ": "
                    + Printable.of(finding.value()));
            out.println(INDENT + Printable.of(finding.meaning()));
            if (!finding.fix().isEmpty()) {
                out.println(INDENT + "fix: " + Printable.of(finding.fix()));
            }
        }
        long problems = findings.stream()
                .filter(finding -> finding.state() == Finding.State.PROBLEM)
                .count();
        out.println();
        out.println(
                problems == 0
                        ? "Nothing keeps this process from loading BPF programs."
                        : problems + (problems == 1 ? " problem keeps" : " problems keep")
                                + " this process from loading BPF programs.");
    }

    /** Prints why calls of a command failed. */
    public static void command(int exitCode, FailedCalls calls, PrintWriter out) {
        List<FailedCalls.Counted> failures = calls.failures();
        for (FailedCalls.Counted counted : failures) {
            failure(counted, out);
        }
        if (calls.notKept() > 0) {
            out.println("bpfgate: and " + calls.notKept()
                    + (calls.notKept() == 1 ? " further failure" : " further failures"));
        }
        if (calls.signed() > 0) {
            out.println("bpfgate: " + calls.signed()
                    + (calls.signed() == 1 ? " load" : " loads")
                    + " carried a signature, which was not given to the kernel; bpfgate verify judges it");
        }
        out.println("bpfgate: the command ended with " + exitCode + "; " + summary(exitCode, calls));
    }

    private static void failure(FailedCalls.Counted counted, PrintWriter out) {
        FailedCalls.Explained failure = counted.failure();
        String who = failure.client().isEmpty() ? "" : failure.client() + ": ";
        String often = counted.count() == 1 ? "" : " (" + counted.count() + " times)";
        out.println("bpfgate: " + Printable.of(who + failure.call()) + " failed with " + failure.errno() + often);
        out.println(INDENT + "cause: " + failure.diagnosis().cause().text() + ": "
                + Printable.of(failure.diagnosis().explanation()));
        failure.diagnosis().log().forEach(line -> out.println(INDENT + "  | " + Printable.of(line)));
        if (!failure.diagnosis().remedy().isEmpty()) {
            out.println(INDENT + "fix: " + Printable.of(failure.diagnosis().remedy()));
        }
    }

    /** What is not seen is told where the calls that are seen do not say why the command failed. */
    private static String summary(int exitCode, FailedCalls calls) {
        if (calls.seen() == 0) {
            return "bpfgate saw no call of bpf(2): it makes none, or none that is seen: " + NOT_SEEN;
        }
        int failed = calls.faults();
        String counts = "calls of bpf(2) seen: " + calls.seen() + ", failed: " + failed;
        if (exitCode == 0) {
            return failed == 0 ? counts : counts + ", in spite of which the command succeeded";
        }
        return failed == 0
                ? counts + "; it failed for another reason, or by a call that is not seen: " + NOT_SEEN
                : counts;
    }

    private static String padded(String word) {
        return word + " ".repeat(Math.max(1, INDENT.length() - word.length()));
    }
}
