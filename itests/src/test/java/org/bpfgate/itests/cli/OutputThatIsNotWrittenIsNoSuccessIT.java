package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that nobody can have is a failure, of every verb: exit code 1 and one line; a reader that has gone is no news. */
class OutputThatIsNotWrittenIsNoSuccessIT {
    private static final String FAULT = "bpfgate: standard output: cannot be written: No space left on device";

    /** A command with a result, for each verb that has one. Words in capitals are files of the example. */
    private static final List<String> RESULTS = List.of(
            "check PROGRAM",
            "check --format json PROGRAM",
            "check --audit - PROGRAM",
            "verify PROGRAM",
            "verify --format json PROGRAM",
            "test EXAMPLE",
            "test --format json EXAMPLE",
            "sign --key KEY --cert CERT -o OUT PROGRAM",
            "sign --key KEY --cert CERT -o - PROGRAM",
            "sign --key KEY --cert CERT -o OUT --contract manifest --format json POLICY",
            "policy lint POLICY",
            "policy lint --format json POLICY",
            "policy lint --format sarif POLICY",
            "policy explain POLICY PROGRAM",
            "policy diff POLICY POLICY",
            "policy compile POLICY",
            "policy compile -o - POLICY",
            "policy load --allow-unsigned --state STATE POLICY",
            "policy load --allow-unsigned --state OTHER --format json POLICY",
            "allowlist build -o OUT LIST",
            "allowlist build -o - LIST",
            "allowlist merge -o OUT LIST",
            "allowlist merge -o OUT --check --format json LIST",
            "allowlist remove -o OUT LIST DIGEST",
            "allowlist diff LIST LIST --format json",
            "allowlist query LIST DIGEST");

    /** More than any other file has that a command writes. */
    private static final int AUDIT_SIZE = 8 << 20;

    @TempDir
    private Path directory;

    private static final Pattern VERB = Pattern.compile("^  ([a-z]+)  ", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> aFullDiskFailsEveryResult() throws IOException {
        Files.createDirectory(directory.resolve("STATE"));
        Files.createDirectory(directory.resolve("OTHER"));
        return RESULTS.stream().map(line -> DynamicTest.dynamicTest(line, () -> assertFails(words(line))));
    }

    /** The verbs are those that help names. */
    @TestFactory
    Stream<DynamicTest> aFullDiskFailsHelpAndVersionOfEveryVerb() {
        List<List<String>> verbs = verbs(List.of());
        assertThat(verbs).hasSizeGreaterThan(20);
        return verbs.stream()
                .flatMap(verb -> Stream.of("--help", "--version")
                        .map(option ->
                                Stream.concat(verb.stream(), Stream.of(option)).toList()))
                .map(line -> DynamicTest.dynamicTest(String.join(" ", line), () -> assertFails(line)));
    }

    private static List<List<String>> verbs(List<String> above) {
        List<List<String>> all = new ArrayList<>(List.of(above));
        CommandLine.Result help = CommandLine.bpfgate().and(above.toArray()).run("--help");
        Matcher verb = VERB.matcher(help.stdout());
        while (verb.find()) {
            all.addAll(verbs(
                    Stream.concat(above.stream(), Stream.of(verb.group(1))).toList()));
        }
        return all;
    }

    private void assertFails(List<String> words) {
        CommandLine.Result result = shell("\"$@\" >/dev/full", words);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics()).contains(FAULT).allMatch(line -> line.equals(FAULT) || isAdvice(line));
    }

    private static boolean isAdvice(String line) {
        return line.startsWith("bpfgate: warning: ") || line.startsWith("bpfgate: note: ");
    }

    /** The reader has gone before the JVM has started. 141 is what the shell tells of a command that SIGPIPE ended. */
    @ParameterizedTest
    @ValueSource(
            strings = {"check PROGRAM", "test --format json EXAMPLE", "allowlist build -o - LIST", "--help", "--version"
            })
    void aReaderThatHasGoneEndsItQuietly(String line) throws IOException {
        Path code = directory.resolve("code");
        CommandLine.Result result = shell("{ \"$@\"; echo $? >" + code + "; } | exec 0<&-", words(line));
        assertThat(result.stderr()).isEmpty();
        assertThat(code).hasContent("141");
    }

    @Test
    void whatIsPrintedForAReaderThatTakesOneLineIsThatLine() {
        CommandLine.Result result = shell("\"$@\" | head -1", words("test EXAMPLE"));
        assertThat(result.stdout()).startsWith("DENY").hasLineCount(1);
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void anOutputThatIsClosedFailsToo() {
        CommandLine.Result result = shell("\"$@\" >&-", words("check PROGRAM"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: standard output: cannot be written: ");
    }

    @Test
    void diagnosticsThatAreNotWrittenAreNoSuccessEither() {
        List<String> words = words("allowlist build -o OUT DIGESTS");
        assertThat(shell("\"$@\" 2>/dev/full", words).exitCode()).isEqualTo(1);
        assertThat(shell("\"$@\"", words).exitCode())
                .as("it has something to say")
                .isZero();
    }

    /** The file is as large as files may be, which is what a full disk is to who appends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --audit AUDIT PROGRAM",
                "check --audit AUDIT --format json PROGRAM",
                "check --audit AUDIT --audit-format kernel PROGRAM",
                "policy load --audit AUDIT --allow-unsigned --state STATE POLICY"
            })
    void auditRecordsThatAreNotWrittenFailTheCommand(String line) throws IOException {
        Files.createDirectory(directory.resolve("STATE"));
        CommandLine.Result result = withFullAudit(words(line));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.stdout()).as("the decision is told").isNotEmpty();
        assertThat(result.diagnostics()).containsExactly(auditFault());
    }

    /** Who started the command wants to know how it ended. */
    @ParameterizedTest
    @Tag("kernel")
    @ValueSource(strings = {"run --policy NONE", "learn -o OUT"})
    void theExitCodeOfACommandStaysItsOwn(String line) throws IOException {
        Files.writeString(directory.resolve("NONE"), "policy_name=none policy_version=1.0.0\nDEFAULT action=DENY\n");
        List<String> words = new ArrayList<>(words(line));
        words.addAll(List.of(
                "--audit",
                directory.resolve("AUDIT").toString(),
                "--audit-format",
                "json",
                "--",
                "sh",
                "-c",
                "exit 7"));
        CommandLine.Result result = withFullAudit(words);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(7);
        assertThat(result.stderr()).doesNotContain("SEVERE");
    }

    @Test
    @Tag("kernel")
    void theExitCodeOfACommandIsItsOwnAlsoWhereRecordsCannotBePrinted() {
        List<String> words = new ArrayList<>(words("run --audit - --policy POLICY --"));
        words.addAll(List.of("sh", "-c", "exit 7"));
        CommandLine.Result result = shell("\"$@\" >/dev/full", words);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(7);
    }

    private CommandLine.Result withFullAudit(List<String> words) throws IOException {
        Files.write(directory.resolve("AUDIT"), new byte[AUDIT_SIZE]);
        // In units of 512 bytes, by POSIX.
        return shell("ulimit -f " + AUDIT_SIZE / 512 + "; exec \"$@\"", words);
    }

    private String auditFault() {
        return "bpfgate: " + directory.resolve("AUDIT") + ": cannot be written: File too large";
    }

    private CommandLine.Result shell(String script, List<String> words) {
        return CommandLine.of("sh", "-c", script, "sh")
                .and(Gate.installation().resolve("bin/bpfgate"))
                .run(words.toArray());
    }

    private List<String> words(String line) {
        return Stream.of(line.split(" ", -1)).map(this::word).toList();
    }

    private String word(String word) {
        Path keys = Quickstart.directory().resolve("keys");
        return switch (word) {
            case "PROGRAM" -> Quickstart.program("drop_ping.insns").toString();
            case "EXAMPLE" -> Quickstart.directory().toString();
            case "POLICY" -> Quickstart.policy().toString();
            case "KEY" -> keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.key").toString();
            case "CERT" -> keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt").toString();
            case "LIST" -> Quickstart.allowlist().toString();
            case "DIGESTS" -> untyped().toString();
            case "DIGEST" -> "f".repeat(64);
            case "OUT" -> directory.resolve("out").toString();
            case "STATE", "OTHER", "AUDIT", "NONE" -> directory.resolve(word).toString();
            default -> word;
        };
    }

    /** A list of an entry that the compiler warns of. */
    private Path untyped() {
        try {
            return Files.writeString(directory.resolve("digests"), "a".repeat(64) + "  p\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
