package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a file is read or written, {@code -} is standard input or output, and messages call it so. */
class ADashIsStandardInputAndOutputIT {
    private static final Path KEYS = Quickstart.directory().resolve("keys");
    private static final Path KEY = KEYS.resolve("EXAMPLE-ONLY-NEVER-TRUST.key");
    private static final Path CERTIFICATE = KEYS.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"drop_ping.insns", "xdp_count.lskel.h", "xdp_count.o", "exec_trace.o"})
    void aProgramIsKnownByItsContent(String name) {
        Path program = Quickstart.program(name);
        CommandLine.Result named = CommandLine.bpfgate().run("verify", unsigned(program));
        CommandLine.Result piped = with(program, "verify", "-");
        assertThat(piped.exitCode()).as("%s", piped).isEqualTo(named.exitCode());
        assertThat(piped.stdout())
                .isEqualTo(named.stdout().replace(unsigned(program).toString(), "-"));
    }

    /** Standard input has no file beside it that holds a signature. */
    private Path unsigned(Path program) {
        try {
            Path copy = directory.resolve(program.getFileName());
            return Files.exists(copy) ? copy : Files.copy(program, copy);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void policySignatureCertificateKeyAndListAreReadToo() throws IOException {
        Path program = Quickstart.program("drop_ping.insns");
        CommandLine.Result allowed =
                with(Quickstart.policy(), "check", "--policy", "-", "--trust", Quickstart.trust(), program);
        assertThat(allowed.exitCode()).as("%s", allowed).isZero();
        Path signature = Quickstart.program("drop_ping.insns.p7s");
        Path bare = Files.copy(program, directory.resolve("bare.insns"));
        assertThat(with(signature, "verify", "--trust", Quickstart.trust(), "--signature", "-", bare)
                        .exitCode())
                .isZero();
        assertThat(with(CERTIFICATE, "verify", "--trust", "-", program).exitCode())
                .isZero();
        assertThat(with(Quickstart.allowlist(), "verify", "--allowlist", "-", Quickstart.program("xdp_count.o"))
                        .stdout())
                .contains("listed: name xdp_count type xdp in list -:2");
        CommandLine.Result signed =
                with(KEY, "sign", "--key", "-", "--cert", CERTIFICATE, "-o", directory.resolve("p7s"), bare);
        assertThat(signed.exitCode()).as("%s", signed).isZero();
        CommandLine.Result lint = with(Quickstart.policy(), "policy", "lint", "-");
        assertThat(lint.stdout()).contains("-: loads, ");
    }

    @Test
    void aFaultNamesThePlaceInIt() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "policy_name=a policy_version=1.0.0\noops\n");
        CommandLine.Result check = with(wrong, "check", "--policy", "-", Quickstart.program("xdp_count.o"));
        assertThat(check.exitCode()).as("%s", check).isEqualTo(3);
        assertThat(check.diagnostics()).singleElement().asString().startsWith("bpfgate: -:2:1: ");
        CommandLine.Result sarif = with(wrong, "policy", "lint", "--format", "sarif", "-");
        assertThat(sarif.stdout()).contains("\"artifactLocation\":{\"uri\":\"-\"}");
    }

    @Test
    void whatIsReadFromStandardInputIsSignedToStandardOutput() {
        String key = " sign --key " + KEY + " --cert " + CERTIFICATE;
        Path program = Quickstart.program("exec_trace.o");
        Path list = Quickstart.allowlist();
        String bpfgate = Gate.installation().resolve("bin/bpfgate").toString();
        CommandLine.Result signed = CommandLine.of("sh", "-c")
                .run(bpfgate + key + " --contract manifest - <" + list + " | " + bpfgate + " verify --trust "
                        + Quickstart.trust() + " --signed-lists --allowlist - " + Quickstart.program("xdp_count.o"));
        assertThat(signed.exitCode()).as("%s", signed).isZero();
        assertThat(signed.stderr()).isEmpty();
        CommandLine.Result listed = CommandLine.of("sh", "-c")
                .run(bpfgate + " allowlist build -o - " + program + " | " + bpfgate + " verify --allowlist - "
                        + program);
        assertThat(listed.exitCode()).as("%s", listed).isZero();
        assertThat(listed.stderr()).isEmpty();
    }

    @Test
    void itIsReadOnceAndNothingStays() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        CommandLine.Result twice = CommandLine.of("sh", "-c", "\"$@\" <" + Quickstart.policy(), "sh")
                .and(Gate.installation().resolve("bin/bpfgate"))
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary)
                .run("check", "--policy", "-", "-");
        assertThat(twice.exitCode()).as("%s", twice).isEqualTo(3);
        assertThat(twice.diagnostics().getLast()).isEqualTo("bpfgate: -: standard input can be read once only");
        assertThat(temporary).isEmptyDirectory();
    }

    /** A rename would put a file in the place of the device. */
    @Test
    void aDeviceIsWrittenToAndNotReplaced() throws IOException {
        Path device = Path.of("/dev/null");
        Object before = Files.getAttribute(device, "unix:ino");
        for (CommandLine.Result result : writing(device)) {
            assertThat(result.exitCode()).as("%s", result).isZero();
        }
        assertThat(Files.getAttribute(device, "unix:ino")).isEqualTo(before);
    }

    @Test
    void standardOutputByItsOtherNameIsTheSame() {
        CommandLine.Result result =
                CommandLine.bpfgate().run("policy", "compile", "-o", "/dev/stdout", Quickstart.policy());
        assertThat(result.stdout()).contains("\npolicy_name=quickstart ");
        assertThat(Path.of("/dev/stdout")).isSymbolicLink();
    }

    @Test
    void aLinkStaysAndTheFileThatItNamesIsReplaced() throws IOException {
        Path real = directory.resolve("real");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
        for (CommandLine.Result result : writing(link)) {
            assertThat(result.exitCode()).as("%s", result).isZero();
            assertThat(link).isSymbolicLink();
            assertThat(real).isRegularFile().isNotEmptyFile();
        }
    }

    @Test
    void whoReadsANamedPipeReadsWhatIsWritten() {
        Requires.command("mkfifo");
        Path pipe = directory.resolve("pipe");
        Path copy = directory.resolve("copy");
        CommandLine.Result result = CommandLine.of("sh", "-c")
                .run("mkfifo " + pipe + "; cat " + pipe + " >" + copy + " & "
                        + Gate.installation().resolve("bin/bpfgate") + " policy compile -o " + pipe + " "
                        + Quickstart.policy() + " && wait && test -p " + pipe);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(copy).content().contains("\npolicy_name=quickstart ");
    }

    private static List<CommandLine.Result> writing(Path output) {
        Path program = Quickstart.program("drop_ping.insns");
        // Building a list replaces no other file.
        return List.of(
                CommandLine.bpfgate().run("allowlist", "build", "-o", output, Quickstart.allowlist()),
                CommandLine.bpfgate().run("sign", "--key", KEY, "--cert", CERTIFICATE, "-o", output, program),
                CommandLine.bpfgate().run("policy", "compile", "-o", output, Quickstart.policy()));
    }

    private static CommandLine.Result with(Path input, Object... words) {
        return CommandLine.of("sh", "-c", "cat " + input + " | \"$@\"", "sh")
                .and(Gate.installation().resolve("bin/bpfgate"))
                .run(words);
    }
}
