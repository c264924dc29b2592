package org.bpfgate.command.internal.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.candidate.CandidateCommand;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.control.ControlClient;
import org.bpfgate.command.internal.io.StandardInput;
import org.bpfgate.command.internal.io.StandardStream;
import org.bpfgate.command.internal.lsm.LsmCommand;
import org.bpfgate.control.CommandShell.Words;
import picocli.CommandLine.Command;

/** The verbs that talk to the running gate. The others start something of their own, and have their place in the host's shell. */
final class GateWords implements Words {
    private final CommandContext context;
    private final Map<String, List<String>> verbs = new LinkedHashMap<>();

    GateWords(CommandContext context) {
        this.context = context;
        verbs.put("status", List.of());
        verbs.put("lsm", words(LsmCommand.class));
        verbs.put("candidate", words(CandidateCommand.class));
        verbs.put("decisions", List.of());
        verbs.put("metrics", List.of());
        verbs.put("settings", List.of());
    }

    private static List<String> words(Class<?> group) {
        return Arrays.stream(group.getAnnotation(Command.class).subcommands())
                .map(verb -> verb.getAnnotation(Command.class).name())
                .toList();
    }

    @Override
    public Map<String, List<String>> verbs() {
        return verbs;
    }

    @Override
    public int run(List<String> words, OutputStream out, OutputStream err) {
        try (Console console = new Console(
                new StandardStream(out, true),
                new StandardStream(err, false),
                new StandardInput(InputStream.nullInputStream()))) {
            return context.runner().run(List.copyOf(verbs.keySet()), words, console);
        }
    }

    /** A verb that talks to the gate ends when its connection does. */
    @Override
    public void interrupt() {
        ControlClient.interrupt();
    }
}
