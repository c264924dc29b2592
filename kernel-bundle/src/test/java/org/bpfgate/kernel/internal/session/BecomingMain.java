package org.bpfgate.kernel.internal.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.kernel.internal.local.KernelSockets;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.mediation.MediationException;

/** The main class of a JVM that becomes a command under a gate. */
public final class BecomingMain {
    private BecomingMain() {}

    /** Takes the socket and the words of the command; prints why it does not become it. */
    public static void main(String... arguments) throws InterruptedException {
        List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
        try {
            new BecomingCommand(Machine.link(), new KernelSockets(), Path.of(arguments[0]))
                    .become(words, () -> System.out.println("last"));
        } catch (MediationException e) {
            System.out.println(e.kind() + " " + e.getMessage());
        }
    }

    /** Starts such a JVM. */
    static Process start(Path socket, String... words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(socket.toString()));
        arguments.addAll(List.of(words));
        return start(BecomingMain.class, arguments.toArray(String[]::new));
    }

    static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
