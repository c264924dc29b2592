package org.bpfgate.command.internal.check;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.StandardInput;
import org.bpfgate.command.internal.io.StandardStream;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;

/**
 * {@code check --gate} on the side of the running gate: performs the command line that was asked for with the stack that decides now. It
 * reads files as {@code check} does, for a client who may control the gate, and so may read what the gate reads.
 */
public final class CheckVerb implements ControlVerb {
    /** The name of the verb. */
    public static final String NAME = "check";

    /** The one option whose value is a word of its own. */
    private static final String COLOR = "--color";

    static final String OUT = "out";
    static final String ERR = "err";
    static final String EXIT_CODE = "exitCode";

    /** Characters of one item: a client reads a line at a time. */
    private static final int CHUNK = 16 * 1024;

    private final CommandContext context;

    /** Performs commands with the services of a running gate. */
    public CheckVerb(CommandContext context) {
        this.context = context;
    }

    @Override
    public Map<String, ?> perform(ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        request.requireOnly("words");
        List<String> words = request.texts("words");
        requireWordsOfGate(words);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code;
        try (Console console = new Console(
                new StandardStream(out, true),
                new StandardStream(err, false),
                new StandardInput(InputStream.nullInputStream()))) {
            code = context.runner().run(List.of(NAME), words, console);
        }
        send(ERR, err, reply);
        send(OUT, out, reply);
        return Map.of(EXIT_CODE, code);
    }

    /** What it would decide otherwise than this gate, or leave a trace of, is refused here too: who asks need not be the command. */
    private static void requireWordsOfGate(List<String> words) throws ControlException {
        int end = words.indexOf("--");
        if (end < 0 || !words.getFirst().equals(NAME) || !words.subList(0, end).contains(CheckCommand.GATE)) {
            throw new ControlException(
                    Kind.USAGE, "check takes the words of \"bpfgate check --gate\", with -- before the programs");
        }
        boolean isValue = false;
        for (String word : words.subList(1, end)) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (!isValue && !RunningGateCheck.TAKEN.contains(option)) {
                throw new ControlException(
                        Kind.USAGE,
                        option
                                + " does not go with check at this socket: the running gate decides by its own settings");
            }
            isValue = !isValue && word.equals(COLOR);
        }
    }

    private static void send(String name, ByteArrayOutputStream bytes, ControlReply reply) throws InterruptedException {
        String text = bytes.toString(StandardCharsets.UTF_8);
        for (int start = 0; start < text.length(); start += CHUNK) {
            reply.item(Map.of(name, text.substring(start, Math.min(text.length(), start + CHUNK))));
        }
    }
}
