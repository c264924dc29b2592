package org.bpfgate.command.internal.report;

import picocli.CommandLine.Option;

/** The option that says when decisions are coloured. */
public final class ColorOptions {
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "colour decisions: auto (on a terminal, unless NO_COLOR is set), always or never")
    private Style.When color = Style.When.AUTO;

    public Style style() {
        return Style.of(color);
    }
}
