package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bpfgate run} is as transparent to signals and exit codes as env(1): to the shell it is the command. */
@Tag("kernel")
class SignalsReachTheCommandIT {
    private static final String COUNTING = "n=0; trap 'n=$((n+1))' %s; echo ready;"
            + " while [ $n -eq 0 ]; do sleep 0.1; done; sleep 0.5; echo \"came $n times\"; exit 42";
    /** End of text and substitute, ASCII: what a terminal makes SIGINT and SIGTSTP of. */
    private static final String CTRL_C = "\003";

    private static final String CTRL_Z = "\032";

    @TempDir
    Path directory;

    private Path out;
    private Process process;

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private void start(List<String> words) throws IOException {
        out = directory.resolve("out");
        process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private static String bpfgate() {
        return Gate.installation().resolve("bin/bpfgate").toString();
    }

    /** A policy of our own, as the installed one may not be there. */
    private String run(String command) throws IOException {
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        Path script = Files.writeString(directory.resolve("command.sh"), command + "\n");
        return bpfgate() + " run --policy " + policy + " -- sh " + script;
    }

    /**
     * With {@code exec}, because script(1) takes the shell of the user: dash(1) keeps a process of its own between the terminal
     * and the gate, which takes the signal too and then exits with 130 whatever the command exited with; bash(1) does not.
     */
    private static List<String> onATerminal(String command) {
        return List.of("script", "-qefc", "exec " + command, "/dev/null");
    }

    private void awaitOutput(String text) {
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(out).content().contains(text));
    }

    private void kill(String signal) {
        assertThat(CommandLine.of("kill").run("-" + signal, process.pid()).exitCode())
                .isZero();
    }

    private void type(String text) {
        try {
            OutputStream terminal = process.getOutputStream();
            terminal.write(text.getBytes(StandardCharsets.US_ASCII));
            terminal.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endsWith(int exitCode) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
        assertThat(process.exitValue()).as("%s", out).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource({"exit 7, 7", "kill -9 $$, 137", "kill -15 $$, 143", "true, 0"})
    void theExitCodeIsTheCommands(String command, int exitCode) throws Exception {
        start(List.of("sh", "-c", "exec " + run(command)));
        endsWith(exitCode);
    }

    @ParameterizedTest
    @CsvSource({"TERM", "HUP", "INT"})
    void aSignalToTheGateReachesTheCommandOnce(String signal) throws Exception {
        start(List.of("sh", "-c", "exec " + run(COUNTING.formatted(signal))));
        awaitOutput("ready");
        kill(signal);
        endsWith(42);
        assertThat(out).content().contains("came 1 times");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void aCommandThatASignalEndsEndsTheGateAlike(String signal, int exitCode) throws Exception {
        start(List.of("sh", "-c", "exec " + run("echo ready; while :; do sleep 0.1; done")));
        awaitOutput("ready");
        kill(signal);
        endsWith(exitCode);
    }

    @Test
    void interruptingAtTheTerminalReachesTheCommandOnce() throws Exception {
        Requires.command("script");
        start(onATerminal(run(COUNTING.formatted("INT"))));
        awaitOutput("ready");
        type(CTRL_C);
        endsWith(42);
        assertThat(out).content().contains("came 1 times");
    }

    @Test
    void theTerminalStopsAndContinuesBoth() throws Exception {
        Requires.command("script");
        Requires.command("bash");
        start(onATerminal("bash --norc -i"));
        type(run("echo rea''dy; read word; echo \"got $word\"") + "\n");
        awaitOutput("ready");
        type(CTRL_Z);
        awaitOutput("Stopped");
        type("fg\n");
        type("something\n");
        awaitOutput("got something");
        type("exit 3\n");
        endsWith(3);
    }
}
