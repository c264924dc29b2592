package org.bpfgate.command.internal.check;

import java.util.Locale;
import org.bpfgate.command.internal.report.Comparison;
import org.bpfgate.command.internal.report.JsonReport;
import org.bpfgate.command.internal.report.Style;
import org.bpfgate.command.internal.report.TextReport;

/** How {@code test} prints its result. */
enum TestFormat {
    /** For people. */
    TEXT,
    /** One JSON object, for programs. */
    JSON,
    /** The XML of JUnit, for build servers. */
    JUNIT;

    Comparison.Printer report(Style style) {
        return switch (this) {
            case TEXT -> new TextReport(style);
            case JSON -> new JsonReport();
            case JUNIT -> new JUnitReport();
        };
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
