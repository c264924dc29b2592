package org.bpfgate.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bpfgate.benchmarks.allowlist.AllowlistSection;
import org.bpfgate.benchmarks.change.ChangeSection;
import org.bpfgate.benchmarks.dispatch.DispatchSection;
import org.bpfgate.benchmarks.load.LoadSection;
import org.bpfgate.benchmarks.load.ServeSection;
import org.bpfgate.benchmarks.neighbour.NeighbourSection;
import org.bpfgate.benchmarks.policy.PolicySection;
import org.bpfgate.benchmarks.signed.SignedSection;
import org.bpfgate.benchmarks.startup.StartUpSection;
import org.jspecify.annotations.Nullable;

/** The command line: runs the sections that are named, or all. */
public final class Benchmarks {
    private static final int WRONG_USAGE = 2;

    private static final List<Section> SECTIONS = List.of(
            new StartUpSection(),
            new SignedSection(),
            new DispatchSection(),
            new ChangeSection(),
            new PolicySection(),
            new AllowlistSection(),
            new LoadSection(),
            new ServeSection(),
            new NeighbourSection());

    private Benchmarks() {}

    /**
     * Runs sections. A missed target is printed and is no failure: a ratio holds for one machine and one moment.
     *
     * @param arguments names of sections; none for all
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        List<Section> chosen = new ArrayList<>();
        for (String argument : arguments) {
            Section section = find(argument);
            if (section == null) {
                System.err.println("benchmarks/run: no section " + argument + "; there are " + names());
                System.exit(WRONG_USAGE);
                return;
            }
            chosen.add(section);
        }
        run(chosen.isEmpty() ? SECTIONS : chosen);
    }

    private static void run(List<Section> sections) throws IOException, InterruptedException {
        System.out.println("JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, load average "
                + String.format(Locale.ROOT, "%.2f", loadAverage()));
        Report report = new Report(System.out);
        for (Section section : sections) {
            report.begin(section.name());
            try {
                section.run(report);
            } catch (SkippedException e) {
                report.skipped(e.reason());
            }
        }
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static @Nullable Section find(String name) {
        for (Section section : SECTIONS) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    private static String names() {
        return String.join(", ", SECTIONS.stream().map(Section::name).toList());
    }
}
