package org.bpfgate.command.internal.allowlist;

import java.io.Console;
import java.util.Optional;
import org.bpfgate.allowlist.ListProgress;

/**
 * Shows on the terminal how far the making of a list is, in one line that is wiped at the end. Where there is no terminal it prints
 * nothing.
 */
final class ProgressBar implements ListProgress {
    private static final int WIDTH = 40;

    /** ECMA-48: to the beginning of the line, and erase to its end. */
    private static final String WIPE = "\r\u001b[K";

    private final Optional<Console> terminal =
            Optional.ofNullable(System.console()).filter(Console::isTerminal);
    private boolean shown;

    @Override
    public void read(long bytes, long total) {
        print(bar(bytes, total));
    }

    @Override
    public void writing() {
        print("all read; sorting and writing");
    }

    /** Leaves the line as it was; also when the list could not be made. */
    void finish() {
        if (shown) {
            print("");
        }
    }

    /** Returns the bar and the percentage. Files that grow while they are read do not take it over 100. */
    static String bar(long bytes, long total) {
        double part = total == 0 ? 1 : Math.min(1, (double) bytes / total);
        int filled = (int) (part * WIDTH);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + (int) (part * 100) + " % read";
    }

    private void print(String line) {
        terminal.ifPresent(console -> {
            shown = true;
            console.writer().print(WIPE + line);
            console.flush();
        });
    }
}
