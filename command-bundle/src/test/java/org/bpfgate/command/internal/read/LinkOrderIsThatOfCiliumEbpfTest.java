package org.bpfgate.command.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramDigest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks cilium/ebpf itself, Debian's golang-github-cilium-ebpf-dev, how it links programs, and compares. Nothing is loaded. */
class LinkOrderIsThatOfCiliumEbpfTest {
    private static final Path LIBRARY = Path.of("/usr/share/gocode/src/github.com/cilium/ebpf");

    @TempDir
    private static Path directory;

    @BeforeAll
    static void build() {
        assumeTrue(Tool.isInstalled("go"), "go is not installed (Debian: golang-go)");
        assumeTrue(Files.isDirectory(LIBRARY), "Debian's golang-github-cilium-ebpf-dev is not installed");
        Tool.Result built = Tool.run(
                directory,
                "env",
                "GO111MODULE=off",
                "GOPATH=/usr/share/gocode",
                "GOCACHE=" + directory.resolve("cache"),
                "CGO_ENABLED=0",
                "go",
                "build",
                "-o",
                "instructions",
                Sample.file("instructions.go").toString());
        assertThat(built.exitCode()).as(built.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.bpf.o", "tiny.bpf.o"})
    void ofEveryProgram(String object) throws Exception {
        assertThat(ours(object)).isEqualTo(theirs(object));
    }

    @ParameterizedTest
    @ValueSource(strings = {"strange.bpf.o"})
    void ofWhatLibbpfRefuses(String object) throws Exception {
        Map<String, ProgramDigest> theirs = theirs(object);
        // It takes a section for rarely run code for one of programs, and knows the last name of a function only.
        assertThat(theirs.remove("rarely")).isNotNull();
        Map<String, ProgramDigest> ours = ours(object);
        assertThat(ours.remove("has_another_name")).isEqualTo(ours.get("the_other_name"));
        assertThat(ours).isEqualTo(theirs);
    }

    private static Map<String, ProgramDigest> theirs(String object) {
        Tool.Result printed =
                Tool.run(directory, "./instructions", Sample.file(object).toString());
        assertThat(printed.exitCode()).as(printed.output()).isZero();
        Map<String, ProgramDigest> digests = new TreeMap<>();
        printed.output()
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(words -> digests.put(
                        words[0],
                        Instructions.of(HexFormat.of().parseHex(words[1]))
                                .digest()
                                .orElseThrow()));
        return digests;
    }

    private static Map<String, ProgramDigest> ours(String object) throws InputException {
        Map<String, ProgramDigest> digests = new TreeMap<>();
        for (FoundProgram found : ProgramFiles.read(Sample.file(object), fault -> {})) {
            Instructions instructions = found.byName().orElse(found.program().instructions());
            digests.put(found.part().orElseThrow(), instructions.digest().orElseThrow());
        }
        return digests;
    }
}
