package org.bpfgate.command.internal.context;

import picocli.CommandLine.Option;

/** The option that says how a command prints its result. */
public final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (the default) or json",
            defaultValue = "text")
    private Format format = Format.TEXT;

    public Format format() {
        return format;
    }

    public boolean isJson() {
        return format == Format.JSON;
    }
}
