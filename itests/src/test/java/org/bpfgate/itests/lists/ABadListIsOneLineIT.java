package org.bpfgate.itests.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.DefectiveList;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A list that cannot be used costs one line with its place and the exit code 3, and the list that was to be written stays. */
class ABadListIsOneLineIT {
    private static final String DIGEST = "0".repeat(64);

    /** Typed, so that no warning of entries without a type stands beside the error. */
    private static final String LINE = DIGEST + "  a # type=xdp\n";

    private static final String OLD = "# the list as it was\n" + LINE;

    /** Far below what reading 1 GiB as text takes, and far above the start of a command. */
    private static final Duration QUICK = Duration.ofSeconds(20);

    /** A heap that a list of 1 GiB does not fit into; the JDK says on standard error that it took the option. */
    private static final String SMALL_HEAP = "-Xmx160m";

    @TempDir
    private Path directory;

    private Path output;
    private Path good;

    /** A verb with its other arguments. */
    @FunctionalInterface
    interface Use {
        List<Object> of(Path bad, Path good, Path output);
    }

    static Stream<Arguments> verbs() {
        return Stream.of(
                verb("build --check", (bad, good, out) -> List.of("allowlist", "build", "--check", "-o", out, bad)),
                verb("merge", (bad, good, out) -> List.of("allowlist", "merge", "-o", out, good, bad)),
                verb("diff, first", (bad, good, out) -> List.of("allowlist", "diff", bad, good)),
                verb("diff, second", (bad, good, out) -> List.of("allowlist", "diff", good, bad)),
                verb("query", (bad, good, out) -> List.of("allowlist", "query", bad, DIGEST)),
                verb("remove", (bad, good, out) -> List.of("allowlist", "remove", "-o", out, bad, DIGEST)),
                verb(
                        "verify --revocations",
                        (bad, good, out) -> List.of(
                                "verify",
                                "--allowlist",
                                good,
                                "--revocations",
                                bad,
                                Quickstart.program("xdp_count.o"))));
    }

    private static Arguments verb(String name, Use use) {
        return arguments(Named.of(name, use));
    }

    @BeforeEach
    void files() throws IOException {
        output = Files.writeString(directory.resolve("output"), OLD);
        good = Files.writeString(directory.resolve("good"), LINE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "A_DIRECTORY")
    void build(DefectiveList defect) throws IOException {
        Path bad = defect.in(directory);
        assertOneLine(bad, defect.complaint(), run(List.of("allowlist", "build", "-o", output, good, bad)));
    }

    @ParameterizedTest
    @EnumSource
    void check(DefectiveList defect) throws IOException {
        Path bad = defect.in(directory);
        assertOneLine(
                bad,
                defect.complaint(),
                run(List.of(
                        "check",
                        "--policy",
                        Quickstart.policy(),
                        "--allowlist",
                        bad,
                        Quickstart.program("xdp_count.o"))));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aBadLine(Use use) throws IOException {
        assertOneLine(use, DefectiveList.UNSORTED_AND_THEN_A_WORD);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aPipe(Use use) throws IOException {
        assertOneLine(use, DefectiveList.A_PIPE);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aTruncatedIndex(Use use) throws IOException {
        assertOneLine(use, DefectiveList.A_TRUNCATED_INDEX);
    }

    /** The directory of an input is looked through for programs and lists. */
    @Test
    void aDirectoryWithoutProgramsAndListsIsOneLine() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("bad"));
        assertOneLine(
                empty,
                ": holds no program file (.o, .insns, .bin, .lskel.h) and no list (allowlist, *.allowlist)",
                run(List.of("allowlist", "build", "-o", output, empty)));
    }

    @Test
    void duplicatesAreOneProgram() throws IOException {
        Path twice = Files.writeString(directory.resolve("twice"), LINE.repeat(2));
        CommandLine.Result result = CommandLine.bpfgate().run("allowlist", "build", "-o", output, twice, good);
        assertThat(result.stdout()).as("%s", result).isEqualTo(output + ": 1 digest\n");
        assertThat(result.exitCode()).isZero();
    }

    private void assertOneLine(Use use, DefectiveList defect) throws IOException {
        Path bad = defect.in(directory);
        assertOneLine(bad, defect.complaint(), run(use.of(bad, good, output)));
    }

    private static CommandLine.Result run(List<Object> words) {
        long before = System.nanoTime();
        CommandLine.Result result =
                CommandLine.bpfgate().with("JDK_JAVA_OPTIONS", SMALL_HEAP).run(words.toArray());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(QUICK);
        return result;
    }

    private void assertOneLine(Path bad, String complaint, CommandLine.Result result) throws IOException {
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.stdout()).as("%s", result).isEmpty();
        List<String> lines = result.diagnostics().stream()
                .filter(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"))
                .toList();
        assertThat(lines).as("%s", result).hasSize(1);
        assertThat(lines.getFirst()).startsWith("bpfgate: " + bad + complaint);
        assertThat(lines.getFirst()).matches("bpfgate: [^:]+:([0-9]+:[0-9]+:)? .+");
        assertThat(output).hasContent(OLD);
        assertThat(directory.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
    }
}
