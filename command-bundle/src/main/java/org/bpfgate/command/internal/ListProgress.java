package org.bpfgate.command.internal;

import java.io.Console;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Counts the entries read on the terminal, in one line that is wiped at the end. Where there is no terminal it prints nothing. */
final class ListProgress implements LongConsumer {
    private final Optional<Console> terminal =
            Optional.ofNullable(System.console()).filter(Console::isTerminal);
    private boolean shown;

    @Override
    public void accept(long entries) {
        if (terminal.isPresent()) {
            shown = true;
            print("\r" + entries + " entries read");
        }
    }

    void finish() {
        if (shown) {
            // ECMA-48: erase the line.
            print("\r\u001b[K");
        }
    }

    private void print(String text) {
        Console console = terminal.orElseThrow();
        console.writer().print(text);
        console.flush();
    }
}
