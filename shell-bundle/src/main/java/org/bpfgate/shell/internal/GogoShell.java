package org.bpfgate.shell.internal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.bpfgate.control.CommandShell;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** The shell by Gogo and JLine. The words are commands of the scope {@value #SCOPE}. */
final class GogoShell implements CommandShell {
    private static final String SCOPE = "bpfgate";
    private static final int WRONG = 2;

    private final BundleContext context;

    GogoShell(BundleContext context) {
        this.context = context;
    }

    @Override
    public int execute(Words words, String script) {
        try (Session session = new Session(
                words,
                InputStream.nullInputStream(),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err))) {
            session.execute(script);
            return session.last.get();
        }
    }

    @Override
    public int converse(Words words) {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            if (Terminal.TYPE_DUMB.equals(terminal.getType()) || Terminal.TYPE_DUMB_COLOR.equals(terminal.getType())) {
                return execute(words, script());
            }
            try (Session session = new Session(words, terminal.input(), terminal.output(), terminal.output())) {
                // A thread of Gogo that is interrupted closes the terminal's channel.
                terminal.handle(Terminal.Signal.INT, signal -> words.interrupt());
                TypedLines lines = new TypedLines(terminal, words.verbs());
                String line = lines.next();
                while (line != null && session.execute(line)) {
                    line = lines.next();
                }
                return session.last.get();
            }
        } catch (IOException e) {
            System.err.println("bpfgate: the terminal cannot be used: " + e.getMessage());
            return 1;
        }
    }

    private static String script() throws IOException {
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The word {@code exit}. */
    private static final class EndException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** One session of Gogo, with the words as its commands. */
    private final class Session implements AutoCloseable {
        private final AtomicInteger last = new AtomicInteger();
        private final List<ServiceRegistration<?>> commands = new ArrayList<>();
        private final List<String> verbs;
        private final PrintStream err;
        private final CommandSession gogo;

        Session(Words words, InputStream in, OutputStream out, OutputStream err) {
            verbs = words.verbs().keySet().stream().sorted().toList();
            this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
            verbs.forEach(verb -> add(verb, List.of(verb), words));
            add("help", List.of("--help"), words);
            add("exit", (session, arguments) -> {
                throw new EndException();
            });
            CommandProcessor processor = Objects.requireNonNull(
                    context.getService(context.getServiceReference(CommandProcessor.class)), "Gogo did not start");
            gogo = processor.createSession(in, out, this.err);
            gogo.put("SCOPE", SCOPE + ":*");
        }

        private void add(String name, List<String> beginning, Words words) {
            add(name, new Verb(beginning, words, last::set));
        }

        private void add(String name, Function function) {
            commands.add(context.registerService(
                    Function.class,
                    function,
                    FrameworkUtil.asDictionary(
                            Map.of(CommandProcessor.COMMAND_SCOPE, SCOPE, CommandProcessor.COMMAND_FUNCTION, name))));
        }

        /**
         * Runs lines; what is wrong with them is told in one line.
         *
         * @return whether to go on: false after {@code exit}
         */
        boolean execute(String lines) {
            try {
                gogo.execute(lines);
            } catch (EndException e) {
                return false;
            } catch (CommandNotFoundException e) {
                wrong(e.getCommand() + ": there is no such command; there are " + String.join(", ", verbs)
                        + ", help and exit");
            } catch (Exception e) {
                wrong(String.valueOf(e.getMessage()));
            }
            return true;
        }

        private void wrong(String what) {
            err.println("bpfgate: " + what.lines().findFirst().orElse(what));
            last.set(WRONG);
        }

        @Override
        public void close() {
            gogo.close();
            commands.forEach(ServiceRegistration::unregister);
        }
    }
}
