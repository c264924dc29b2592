package org.bpfgate.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures as they come: ratios with their targets, and what else a reader needs to judge them. */
public final class Report {
    private final PrintStream out;

    /** A report to a stream. */
    public Report(PrintStream out) {
        this.out = out;
    }

    /** Begins a section. */
    public void begin(String section) {
        out.println();
        out.println(section);
    }

    /**
     * A ratio that has a target.
     *
     * @param what is compared with what
     * @param ratio the figure
     * @param most the target: the ratio is to be at most this
     */
    public void ratio(String what, double ratio, double most) {
        String judgement = ratio <= most ? "met" : "MISSED";
        out.println(String.format(Locale.ROOT, "  %-62s %9.2f  target <= %.2f  %s", what, ratio, most, judgement));
    }

    /** A ratio that has no target. */
    public void ratio(String what, double ratio) {
        out.println(String.format(Locale.ROOT, "  %-62s %9.2f  no target", what, ratio));
    }

    /**
     * An absolute figure, which holds for this machine and this run only.
     *
     * @param unit such as {@code ns} or {@code bytes}
     */
    public void figure(String what, double value, String unit) {
        out.println(String.format(Locale.ROOT, "    %-60s %9.1f  %s", what, value, unit));
    }

    /** A measurement that is not made. */
    public void skipped(String reason) {
        out.println("  skipped: " + reason);
    }
}
