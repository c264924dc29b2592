package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TheQuickstartDecidesAsExpectedIT {
    @TempDir
    private Path directory;

    private Path copy;

    @BeforeEach
    void copy() {
        copy = Quickstart.copyTo(directory);
    }

    @Test
    void asItStandsAllEightDecisionsAreAsExpected() {
        CommandLine.Result result = CommandLine.bpfgate().run("test", Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout())
                .endsWith("\n8 decisions, all as expected\n")
                .doesNotContain("NOT AS EXPECTED")
                .contains("ALLOW  " + Quickstart.program("drop_ping.insns") + "  (unspec, 46 instructions)\n")
                .contains("DENY   " + Quickstart.program("exec_trace.o") + "#exec_trace  (tracepoint, ");
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void aDecisionOtherThanExpectedIsMarked() throws IOException {
        editExpected("ALLOW  programs/xdp_count.o ", "DENY  programs/xdp_count.o ");
        CommandLine.Result result = test();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(result.stdout()).endsWith("\n8 decisions, 1 not as expected\n");
        assertThat(marked(result))
                .startsWith("ALLOW  " + copy.resolve("programs/xdp_count.o") + "#xdp_count")
                .endsWith("<-- NOT AS EXPECTED: DENY hornet=UNSIGNED allowlist=OK");
    }

    @Test
    void aVerdictOtherThanExpectedIsMarkedAlthoughTheDecisionIsRight() throws IOException {
        editExpected("hornet=BADSIG    allowlist=UNSIGNED\n\n# The", "hornet=PARTIALSIG allowlist=UNSIGNED\n\n# The");
        CommandLine.Result result = test();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(marked(result))
                .contains("drop_ping-stranger.insns")
                .endsWith("<-- NOT AS EXPECTED: DENY hornet=PARTIALSIG allowlist=UNSIGNED");
    }

    @Test
    void aProgramThatIsExpectedButMissingIsBadInput() throws IOException {
        Files.delete(copy.resolve("programs/exec_trace.o"));
        CommandLine.Result result = test();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics())
                .containsExactly(
                        "bpfgate: " + copy.resolve("expected") + ": there is no program programs/exec_trace.o");
        assertThat(result.stdout()).contains("\n7 decisions, all as expected\n");
    }

    @Test
    void aProgramThatNobodyExpectedIsMarked() throws IOException {
        Files.copy(Quickstart.program("drop_ping.insns"), copy.resolve("programs/new.insns"));
        CommandLine.Result result = test();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(marked(result))
                .contains("programs/new.insns")
                .endsWith("<-- NOT AS EXPECTED: the expected file does not name this program");
    }

    @Test
    void aMistakeInTheExpectedFileHasItsPlace() throws IOException {
        Path expected =
                Files.writeString(copy.resolve("expected"), "# fine\nALLOW  programs/xdp_count.o hornet=FINE\n");
        CommandLine.Result result = test();
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics())
                .containsExactly("bpfgate: " + expected
                        + ":2:29: expected LSM=VERDICT or uid=, exe=, unit=, probe=, license=, kernel=, found 'hornet=FINE'; a verdict is one of"
                        + " NONE, OK, UNSIGNED, PARTIALSIG, UNKNOWNKEY, UNEXPECTED, FAULT, BADSIG");
    }

    @Test
    void oneBrokenTestDoesNotKeepTheNextFromRunning() throws IOException {
        Files.writeString(copy.resolve("policy.ipe"), "DEFAULT action=DENY\n");
        CommandLine.Result result = CommandLine.bpfgate().run("test", copy, Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.stderr()).startsWith("bpfgate: " + copy.resolve("policy.ipe") + ":1:1: ");
        assertThat(result.stdout()).endsWith("\n8 decisions, all as expected\n");
    }

    private CommandLine.Result test() {
        return CommandLine.bpfgate().run("test", copy);
    }

    private void editExpected(String from, String to) throws IOException {
        Path expected = copy.resolve("expected");
        String text = Files.readString(expected);
        assertThat(text).containsOnlyOnce(from);
        Files.writeString(expected, text.replace(from, to));
    }

    /** The only line with a mark. */
    private static String marked(CommandLine.Result result) {
        assertThat(result.stdout()).containsOnlyOnce("NOT AS EXPECTED");
        return result.stdout()
                .lines()
                .filter(line -> line.contains("NOT AS EXPECTED"))
                .findFirst()
                .orElseThrow();
    }
}
