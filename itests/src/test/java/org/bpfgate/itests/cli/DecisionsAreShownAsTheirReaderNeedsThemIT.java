package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** On a terminal with colours and in its width; what went wrong last, and alone where nothing else is asked for. */
class DecisionsAreShownAsTheirReaderNeedsThemIT {
    private static final String ESCAPE = "\u001b[";

    @TempDir
    private Path directory;

    private Path failing;

    /** A test whose expectation of the first program is wrong, and which names a program that is not there. */
    @BeforeEach
    void fail() throws IOException {
        failing = Quickstart.copyTo(directory);
        Path expected = failing.resolve("expected");
        String text = Files.readString(expected);
        String wrong =
                text.replaceFirst("DENY +programs/drop_ping-stranger.insns", "ALLOW programs/drop_ping-stranger.insns");
        assertThat(wrong).isNotEqualTo(text);
        Files.writeString(expected, wrong + "ALLOW programs/none.o\n");
    }

    @Test
    void failuresOfATestComeLast() {
        CommandLine.Result result = CommandLine.bpfgate().run("test", failing);
        assertThat(result.stdout().indexOf("drop_ping-stranger.insns"))
                .isGreaterThan(result.stdout().indexOf("xdp_count.o"));
        assertThat(result.stdout()).endsWith("\n1 expectation without a program\n8 decisions, 1 not as expected\n");
    }

    @Test
    void whatAPermissiveCheckLetsInIsSaidToBeDeniedOtherwise() {
        CommandLine check = CommandLine.bpfgate().and("check", "--permissive", "--policy", Quickstart.policy());
        CommandLine.Result result = check.run(Quickstart.program("exec_trace.o"));
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout())
                .startsWith("ALLOW  ")
                .contains("\n       note       permissive: would be denied: no rule allows ")
                .doesNotContain("\n       denied ");
        assertThat(check.run("--only-denied", Quickstart.program("exec_trace.o"))
                        .stdout())
                .contains("would be denied");
        assertThat(check.run("--trust", Quickstart.trust(), Quickstart.program("drop_ping.insns"))
                        .stdout())
                .doesNotContain("would be denied");
    }

    @Test
    void quietlyOnlyFailuresAreShown() {
        CommandLine.Result result = CommandLine.bpfgate().run("test", "--quiet", failing);
        assertThat(result.stdout().lines().filter(line -> line.startsWith("DENY") || line.startsWith("ALLOW")))
                .singleElement()
                .asString()
                .contains("stranger", "<-- NOT AS EXPECTED: ALLOW");
        assertThat(CommandLine.bpfgate()
                        .run("test", "-q", Quickstart.directory())
                        .stdout())
                .isEmpty();
    }

    @Test
    void whatWasNotDecidedIsNotCalledAsExpected() {
        CommandLine.Result result = CommandLine.bpfgate().run("test", directory.resolve("missing"));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("\n1 input that cannot be read\nno decisions\n");
    }

    @Test
    void onlyDeniedProgramsAreShown() {
        for (String option : List.of("-q", "--quiet", "--only-denied")) {
            CommandLine.Result check =
                    CommandLine.bpfgate().run("check", option, "--trust", Quickstart.trust(), Quickstart.directory());
            assertThat(check.stdout()).contains("DENY ").doesNotContain("ALLOW ");
            CommandLine.Result verify = CommandLine.bpfgate()
                    .run("verify", option, "--trust", Quickstart.trust(), Quickstart.program("drop_ping.insns"));
            assertThat(verify.stdout()).isEmpty();
        }
    }

    @Test
    void buildServersReadTheFormOfJUnit() throws Exception {
        CommandLine.Result result = CommandLine.bpfgate().run("test", "--format", "junit", failing);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(result.stdout().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(root.getAttribute("tests")).isEqualTo("9");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getAttribute("errors")).isEqualTo("1");
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(9);
        Element failure = (Element) root.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).startsWith("decided DENY, expected ALLOW");
        assertThat(((Element) failure.getParentNode()).getAttribute("name"))
                .isEqualTo("programs/drop_ping-stranger.insns");
    }

    @ParameterizedTest
    @CsvSource({
        "auto,    '',  true",
        "auto,    1,   false",
        "never,   '',  false",
        "always,  1,   true",
    })
    void coloursAreForTerminals(String when, String noColor, boolean colored) {
        String shown = onTerminal("NO_COLOR=" + noColor + " ", "--color=" + when);
        assertThat(shown.contains(ESCAPE + "31mDENY")).isEqualTo(colored);
    }

    @Test
    void elsewhereThereAreNone() {
        CommandLine.Result plain = CommandLine.bpfgate().run("check", Quickstart.program("xdp_count.o"));
        assertThat(plain.stdout()).doesNotContain(ESCAPE);
        CommandLine.Result asked =
                CommandLine.bpfgate().run("check", "--color=always", Quickstart.program("xdp_count.o"));
        assertThat(asked.stdout()).contains(ESCAPE + "31mDENY" + ESCAPE + "0m");
    }

    @ParameterizedTest
    @CsvSource({"'', 80", "COLUMNS=100, 100", "COLUMNS=-Xint, 80"})
    void linesFitTheTerminal(String variable, int width) {
        String shown = onTerminal(variable + " ", "--color=never --trust " + Quickstart.trust());
        assertThat(shown.lines().map(String::stripTrailing))
                .hasSizeGreaterThan(6)
                .allMatch(line -> line.length() <= width);
        assertThat(shown.lines().mapToInt(String::length).max().orElse(0)).isGreaterThan(width - 20);
    }

    /** The signer that two verifiers do not know is named once. */
    @Test
    void aLongReasonIsNotSaidTwice() {
        CommandLine.Result result = CommandLine.bpfgate()
                .run("verify", "--trust", Quickstart.trust(), Quickstart.program("drop_ping-stranger.insns"));
        assertThat(result.stdout()).containsOnlyOnce("a stranger").contains("native     BADSIG      as hornet; ENOKEY");
    }

    /** What script(1) saw on a terminal of its own. */
    private String onTerminal(String before, String options) {
        Requires.command("script");
        Path program = directory.resolve("p.insns");
        try {
            Files.copy(Quickstart.program("drop_ping-stranger.insns"), program);
            Files.copy(Quickstart.program("drop_ping-stranger.insns.p7s"), directory.resolve("p.insns.p7s"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String command = String.format(
                Locale.ROOT,
                "cd %s; %s%s check %s p.insns",
                directory,
                before,
                Gate.installation().resolve("bin/bpfgate"),
                options);
        return CommandLine.of("script", "--quiet", "--return", "--command", command, "/dev/null")
                .with("SHELL", "/bin/sh")
                .run()
                .stdout()
                .replace("\r", "");
    }
}
