package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bpfgate run} is as transparent to signals and exit codes as env(1): to the shell it is the command. */
@LoadsPrograms
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

    /** With env(1), because a shell starts what runs in its background with SIGINT and SIGQUIT ignored, and so would the command be. */
    private void start(List<String> words) throws IOException {
        out = directory.resolve("out");
        List<String> all = new ArrayList<>(List.of("env", "--default-signal"));
        all.addAll(words);
        process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private static String bpfgate() {
        return Gate.installation().resolve("bin/bpfgate").toString();
    }

    private String run(String command) throws IOException {
        return run(false, command);
    }

    /** A policy of our own, as the installed one may not be there. */
    private String run(boolean confined, String command) throws IOException {
        if (confined) {
            Requires.that("root".equals(System.getProperty("user.name")), "a command is confined by root");
        }
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        Path script = Files.writeString(directory.resolve("command.sh"), command + "\n");
        return bpfgate() + " run" + (confined ? " --confine" : "") + " --policy " + policy + " -- sh " + script;
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
    @CsvSource({
        "TERM,false",
        "HUP,false",
        "INT,false",
        "USR1,false",
        "ALRM,false",
        "PWR,false",
        "WINCH,false",
        "TERM,true",
        "HUP,true",
        "INT,true"
    })
    void aSignalToTheGateReachesTheCommandOnce(String signal, boolean confined) throws Exception {
        start(List.of("sh", "-c", "exec " + run(confined, COUNTING.formatted(signal))));
        awaitOutput("ready");
        kill(signal);
        endsWith(42);
        assertThat(out).content().contains("came 1 times");
    }

    /** As behind nohup(1), and in the background of a script. A shell cannot handle what was ignored when it started; perl can. */
    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "TERM"})
    void alsoOneThatWasIgnoredWhenTheGateStarted(String signal) throws Exception {
        Requires.command("perl");
        start(List.of(
                "sh",
                "-c",
                "trap '' " + signal + "; exec "
                        + run("exec perl -e '$| = 1; $SIG{" + signal
                                + "} = sub { print \"came\\n\"; exit 42 }; print \"ready\\n\"; sleep 1 while 1'")));
        awaitOutput("ready");
        kill(signal);
        endsWith(42);
        assertThat(out).content().contains("came");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void aCommandThatASignalEndsEndsTheGateAlike(String signal, int exitCode) throws Exception {
        start(List.of("sh", "-c", "exec " + run("echo ready; while :; do sleep 0.1; done")));
        awaitOutput("ready");
        kill(signal);
        endsWith(exitCode);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruptingAtTheTerminalReachesTheCommandOnce(boolean confined) throws Exception {
        Requires.command("script");
        start(onATerminal(run(confined, COUNTING.formatted("INT"))));
        awaitOutput("ready");
        type(CTRL_C);
        endsWith(42);
        assertThat(out).content().contains("came 1 times");
    }

    /** Its output is no terminal, so that the gate keeps the foreground for what is beside it in the pipeline. */
    @Test
    void interruptingAPipelineReachesAConfinedCommandOnce() throws Exception {
        Requires.command("script");
        String ignoring = "trap '' INT; cat";
        start(onATerminal("sh -c \"" + run(true, COUNTING.formatted("INT")) + " | (" + ignoring + ")\""));
        awaitOutput("ready");
        type(CTRL_C);
        awaitOutput("came 1 times");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTerminalStopsAndContinuesBoth(boolean confined) throws Exception {
        startShell();
        type(run(confined, "echo rea''dy; read word; echo \"got $word\"") + "\n");
        awaitOutput("ready");
        type(CTRL_Z);
        awaitOutput("Stopped");
        type("fg\n");
        type("something\n");
        awaitOutput("got something");
        type("exit 3\n");
        endsWith(3);
    }

    private void startShell() throws IOException {
        Requires.command("script");
        Requires.command("bash");
        start(onATerminal("bash --norc -i"));
    }

    /** The shell has the foreground again: it reads what is typed next. */
    @Test
    void aConfinedCommandThatStopsInTheBackgroundIsReportedAndContinued() throws Exception {
        startShell();
        type(run(true, "echo rea''dy; read word; echo \"got $word\"; exit 4") + " &\n");
        awaitOutput("ready");
        type("sleep 1; jobs\n");
        awaitOutput("Stopped");
        type("fg\n");
        type("something\n");
        awaitOutput("got something");
        type("exit $?\n");
        endsWith(4);
    }

    /** Whose output is a pipe, so that it is not given the foreground before it reads. */
    @Test
    void aConfinedCommandInAPipelineReadsTheTerminal() throws Exception {
        Requires.command("script");
        start(onATerminal("sh -c \"" + run(true, "echo ready; read word; echo \\\"got $word\\\"") + " | cat\""));
        awaitOutput("ready");
        type("something\n");
        awaitOutput("got something");
        endsWith(0);
    }

    /** A shell that has the terminal gives it to its own jobs, and the gate takes it back in the end. */
    @Test
    void aConfinedShellControlsItsOwnJobs() throws Exception {
        startShell();
        String line = run(true, "exec bash --norc -i");
        type(line + "\n");
        type("sh -c 'echo $((40+2)) started; exec sleep 1000'\n");
        awaitOutput("42 started");
        type(CTRL_Z);
        awaitOutput("[1]+  Stopped");
        type("disown %1; exit 9\n");
        type("echo out''er $?\n");
        awaitOutput("outer 9");
        type("exit 3\n");
        endsWith(3);
    }

    /** Nobody could continue the gate here, so that the command goes on. */
    @Test
    void aConfinedCommandWithoutAShellIsNotStoppedByTheTerminal() throws Exception {
        Requires.command("script");
        start(onATerminal(run(true, "echo ready; read word; echo \"got $word\"; exit 6")));
        awaitOutput("ready");
        type(CTRL_Z);
        type("something\n");
        awaitOutput("got something");
        endsWith(6);
    }
}
