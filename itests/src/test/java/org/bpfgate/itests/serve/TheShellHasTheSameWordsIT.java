package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bpfgate shell}: typed, from standard input, and by {@code -c}. */
@Timeout(180)
class TheShellHasTheSameWordsIT {
    @TempDir
    private static Path root;

    private static RunningGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = RunningGate.ready(root);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static CommandLine.Result script(String script) {
        return gate.run("shell", "-c", script);
    }

    @Test
    void aWordPrintsAndEndsAsOnTheCommandLine() {
        CommandLine.Result list = script("lsm list");
        assertThat(list.exitCode()).isZero();
        assertThat(list.stdout()).isEqualTo(gate.run("lsm", "list").stdout());
        assertThat(list.stderr()).isEmpty();
        CommandLine.Result wrong = script("lsm rollback nosuch");
        CommandLine.Result direct = gate.run("lsm", "rollback", "nosuch");
        assertThat(wrong.exitCode()).isEqualTo(direct.exitCode()).isNotZero();
        assertThat(wrong.stderr()).isEqualTo(direct.stderr()).hasLineCount(1);
    }

    @Test
    void theLastWordThatRanDecidesAboutTheExitCode() {
        assertThat(script("lsm rollback nosuch; status").exitCode()).isZero();
        CommandLine.Result and = script("lsm rollback nosuch && status");
        assertThat(and.exitCode()).isNotZero();
        assertThat(and.stdout()).isEmpty();
        CommandLine.Result or = script("lsm rollback nosuch || status");
        assertThat(or.exitCode()).isZero();
        assertThat(or.stdout()).startsWith("ready, pid " + gate.pid());
        CommandLine.Result ended = script("lsm rollback nosuch; exit; status");
        assertThat(ended.exitCode()).isEqualTo(and.exitCode());
        assertThat(ended.stdout()).isEmpty();
    }

    @Test
    void settingsAreChangedByTheSameWords() {
        assertThat(script("settings org.bpfgate.ipe success_audit=true").exitCode())
                .isZero();
        assertThat(gate.run("settings", "org.bpfgate.ipe").stdout()).contains("org.bpfgate.ipe success_audit = true\n");
    }

    @Test
    void whatIsNoWordIsOneLine() {
        CommandLine.Result unknown = script("statsu");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.stderr())
                .hasLineCount(1)
                .startsWith("bpfgate: statsu: there is no such command; there are candidate, decisions, lsm, ");
        CommandLine.Result open = script("status (");
        assertThat(open.exitCode()).isEqualTo(2);
        assertThat(open.stderr()).hasLineCount(1);
        CommandLine.Result serve = script("serve");
        assertThat(serve.exitCode()).isEqualTo(2);
    }

    @Test
    void withoutAGateAWordEndsWith4(@TempDir Path other) {
        CommandLine.Result none = CommandLine.bpfgate().run("--root", other, "shell", "-c", "status");
        assertThat(none.exitCode()).isEqualTo(4);
        assertThat(none.stderr()).hasLineCount(1).contains("no gate runs here");
    }

    @Test
    void standardInputIsAScript() {
        CommandLine.Result piped = CommandLine.of("sh", "-c")
                .run("printf 'status\\nlsm list\\n' | " + Gate.installation().resolve("bin/bpfgate") + " --root " + root
                        + " shell");
        assertThat(piped.exitCode()).isZero();
        assertThat(piped.stdout())
                .startsWith("ready, pid " + gate.pid())
                .endsWith(gate.run("lsm", "list").stdout());
    }

    @Test
    void onATerminalLinesAreTypedAndCompleted() throws Exception {
        Requires.command("script");
        Process terminal = new ProcessBuilder(
                        "script",
                        "-qec",
                        "stty cols 100 rows 40; exec " + Gate.installation().resolve("bin/bpfgate") + " --root " + root
                                + " shell",
                        "/dev/null")
                .redirectErrorStream(true)
                .start();
        terminal.outputWriter(StandardCharsets.UTF_8)
                .append("stat\t\rlsm rollback nosuch\rexit\r")
                .flush();
        String shown = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shown).contains("bpfgate> ", "ready, pid " + gate.pid(), "there is no module nosuch");
        assertThat(terminal.exitValue())
                .isEqualTo(gate.run("lsm", "rollback", "nosuch").exitCode());
    }
}
