package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path of {@code --trust} that holds no certificate is a slip, and one line of every verb that takes it says so. */
class ATrustWithoutCertificatesIsToldIT {
    @TempDir
    private Path directory;

    private Path empty;

    @BeforeEach
    void make() throws IOException {
        empty = Files.createDirectory(directory.resolve("trust"));
        Files.writeString(empty.resolve("signer.crt.txt"), "a name that no certificate file has");
        Files.createDirectory(directory.resolve("STATE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check PROGRAM",
                "verify PROGRAM",
                "policy explain POLICY PROGRAM",
                "policy lint POLICY POLICY",
                "policy diff POLICY POLICY",
                "policy compile POLICY",
                "policy load --allow-unsigned --state STATE POLICY",
                "policy list --state STATE",
                "allowlist build -o OUT LIST",
                "allowlist query LIST PROGRAM",
                "allowlist diff LIST LIST"
            })
    void everyVerb(String line) {
        assertTold(CommandLine.bpfgate().and(words(line)).run("--trust", empty));
    }

    @ParameterizedTest
    @Tag("kernel")
    @ValueSource(strings = {"run --policy POLICY", "learn -o OUT --runs 2"})
    void beforeACommandIsStarted(String line) {
        assertTold(CommandLine.bpfgate().and(words(line)).run("--trust", empty, "--", "true"));
    }

    @Test
    void theTrustOfAPolicyTestToo() throws IOException {
        Path test = Quickstart.copyTo(directory);
        try (Stream<Path> files = Files.walk(test.resolve("trust"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".old"));
            }
        }
        empty = test.resolve("trust");
        assertTold(CommandLine.bpfgate().run("test", test));
    }

    /** Another path that holds one makes the slip no better. */
    @Test
    void eachPathIsToldOf() {
        CommandLine.Result result =
                CommandLine.bpfgate().run("verify", "--trust", Quickstart.trust(), "--trust", empty, program());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(warnings(result)).singleElement().asString().endsWith("platform and NAME=NUMBER");
    }

    @Test
    void aTrustThatIsNotThereIsBadInputAlsoOfAPolicyThatIsNotSigned() {
        CommandLine.Result result =
                CommandLine.bpfgate().run("policy", "lint", "--trust", directory.resolve("none"), Quickstart.policy());
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics()).containsExactly("bpfgate: " + directory.resolve("none") + ": no such file");
    }

    private void assertTold(CommandLine.Result result) {
        assertThat(warnings(result))
                .as("%s", result)
                .singleElement()
                .asString()
                .startsWith("bpfgate: warning: " + empty + ": holds no certificate")
                .endsWith("nobody is trusted, so no signature is good");
    }

    private static List<String> warnings(CommandLine.Result result) {
        return result.diagnostics().stream()
                .filter(line -> line.contains("certificate"))
                .toList();
    }

    private static Path program() {
        return Quickstart.program("drop_ping.insns");
    }

    private Object[] words(String line) {
        return Stream.of(line.split(" ", -1))
                .map(word -> switch (word) {
                    case "PROGRAM" -> program();
                    case "POLICY" -> Quickstart.policy();
                    case "LIST" -> Quickstart.allowlist();
                    case "STATE", "OUT" -> directory.resolve(word);
                    default -> word;
                })
                .toArray();
    }
}
