package org.bpfgate.shell.internal;

import static org.jline.builtins.Completers.TreeCompleter.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.builtins.Completers.TreeCompleter;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** The lines that somebody types, with editing, completion, and a history until the shell ends. */
final class TypedLines {
    private static final String PROMPT = "bpfgate> ";

    private final LineReader reader;

    TypedLines(Terminal terminal, Map<String, List<String>> verbs) {
        List<TreeCompleter.Node> nodes = new ArrayList<>();
        verbs.forEach((verb, words) -> nodes.add(words.isEmpty() ? node(verb) : node(verb, node(words.toArray()))));
        nodes.add(node("help"));
        nodes.add(node("exit"));
        reader = LineReaderBuilder.builder()
                .appName("bpfgate")
                .terminal(terminal)
                .completer(new TreeCompleter(nodes))
                // Gogo reads the line itself; "!" is no reference to the history.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Returns the next line; null at the end of the input. Ctrl-C drops what was typed. */
    @Nullable
    String next() {
        try {
            return reader.readLine(PROMPT);
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return null;
        }
    }
}
