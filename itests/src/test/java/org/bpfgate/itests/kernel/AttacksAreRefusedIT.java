package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an attacker's program gets from {@code bpfgate run} with a list and the shipped policy. Each program first runs without a gate,
 * which shows what it does on this machine.
 */
@LoadsPrograms
class AttacksAreRefusedIT {
    /** {@code EACCES} of {@code include/uapi/asm-generic/errno-base.h}, the policy's error. */
    private static final int EACCES = 13;

    /** How a client tells that something else runs, or that memory was written to. */
    private static final int CHANGED = 42;

    /** How a client tells that this machine lacks what it takes. */
    private static final int LACKS = 77;

    /** How a client tells that the kernel does not load its types. */
    private static final int NO_TYPES = 98;

    /** In milliseconds. A client whose pages never come stopped others for good. */
    private static final double AT_ONCE = 5_000;

    private static final Pattern SLOWEST = Pattern.compile("slowest ([0-9.]+) ms");
    private static final Pattern LARGE = Pattern.compile("beside one of ([0-9.]+) ms");

    @TempDir
    static Path directory;

    private static Path relocated;
    private static Path waiting;
    private static Path list;

    /** The list has "r0 = 2; exit" as xdp, and the large program. */
    @BeforeAll
    static void learn() throws IOException {
        relocated = CProgram.compiled("relocated.c", directory);
        waiting = CProgram.compiled("waiting.c", directory, "-pthread");
        list = directory.resolve("list");
        Files.createDirectory(directory.resolve("fuse"));
        CommandLine.Result learned = CommandLine.bpfgate()
                .run("learn", "-o", list, "--", "sh", "-c", relocated + " none && " + waiting + " slow 900000");
        Requires.that(learned.exitCode() != NO_TYPES, "the kernel has BTF");
        assertThat(learned.exitCode()).as("%s", learned).isZero();
    }

    private static CommandLine gate(Object... options) {
        return CommandLine.bpfgate()
                .and("run", "--allowlist", list, "--policy", Gate.root().resolve("examples/enforce/allowlist.ipe"))
                .and(options)
                .and("--");
    }

    private static CommandLine.Result bare(Path client, Object... words) {
        CommandLine.Result result = CommandLine.of(client.toString()).run(words);
        Requires.that(result.exitCode() != LACKS, "this machine has userfaultfd, and FUSE for root");
        return result;
    }

    private static CommandLine.Result gated(Path client, Object... words) {
        return gate().and(client).run(words);
    }

    @Test
    void whatIsListedIsLoaded() {
        CommandLine.Result run = gated(relocated, "none");
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.stdout()).isEqualTo("runs: 2\n");
    }

    /** The kernel puts another number into the listed program's first instruction, after the decision. */
    @ParameterizedTest
    @ValueSource(strings = {"type-id", "type-size"})
    void noRecordChangesAListedProgram(String record) {
        CommandLine.Result alone = bare(relocated, record);
        assertThat(alone.exitCode()).as("without a gate: %s", alone).isEqualTo(CHANGED);
        CommandLine.Result run = gated(relocated, record);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(EACCES);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).contains("CO-RE relocation records", "0 allowed, 1 denied");
    }

    /** Where the count says that there are records and none are: an error, the kernel's. */
    @Test
    void recordsThatAreNotThereAreAnError() {
        int alone = bare(relocated, "count").exitCode();
        assertThat(alone).as("without a gate").isNotIn(0, CHANGED);
        assertThat(gated(relocated, "count").exitCode()).isEqualTo(alone);
    }

    /** The thread that waits for its answer is replaced by another program while the answer is written. */
    @ParameterizedTest
    @ValueSource(strings = {"userfault", "fuse"})
    void theProgramThatAClientExecutesIsNotWrittenTo(String pages) {
        Object from = pages.equals("fuse") ? directory.resolve(pages) : pages;
        CommandLine.Result alone = bare(waiting, "exec", from);
        assertThat(alone.exitCode()).as("without a gate: %s", alone).isZero();
        assertThat(alone.stdout()).contains("a page was waited for");
        CommandLine.Result run = gated(waiting, "exec", from);
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.stdout()).doesNotContain("was written");
    }

    /** Pages that never come, of a process with 1 and 40 threads; another one loads meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"1 userfault", "40 userfault", "1 fuse", "40 fuse"})
    void aStuckClientDelaysNobodyElse(String attack) {
        String[] words = attack.split(" ", 2);
        Object from = words[1].equals("fuse") ? directory.resolve(words[1]) : words[1];
        CommandLine.Result alone = bare(waiting, "stuck", words[0], from);
        CommandLine.Result run = gated(waiting, "stuck", words[0], from);
        tell(attack, alone, run);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(alone.exitCode()).isZero();
        assertThat(milliseconds(SLOWEST, run)).isLessThan(AT_ONCE);
    }

    @Test
    void aLargeLoadDelaysNobodyElse() {
        CommandLine.Result alone = bare(waiting, "slow", 900_000);
        CommandLine.Result run = gated(waiting, "slow", 900_000);
        tell("900,000 instructions", alone, run);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(alone.exitCode()).isZero();
        assertThat(milliseconds(SLOWEST, run)).isLessThan(milliseconds(LARGE, run) / 2);
    }

    private static void tell(String attack, CommandLine.Result alone, CommandLine.Result run) {
        System.out.println(attack + ": without a gate " + alone.stdout().strip() + "; with one "
                + run.stdout().strip());
    }

    private static double milliseconds(Pattern pattern, CommandLine.Result result) {
        Matcher found = pattern.matcher(result.stdout());
        assertThat(found.find()).as("%s", result).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /** Whatever the kernel takes for a load is refused; what it does not know gets the same error with a gate. */
    @Test
    void noCommandWordLoadsWhatIsNotListed() throws IOException {
        Path client = CProgram.compiled("words.c", directory);
        Path audit = directory.resolve("words.json");
        Map<String, Integer> alone = errors(bare(client));
        assertThat(alone).as("without a gate").containsEntry("plain", 0).hasSizeGreaterThan(20);
        CommandLine.Result run = gate("--audit", audit).and(client).run();
        Map<String, Integer> gated = errors(run);
        assertThat(gated).as("%s", run).hasSameSizeAs(alone).doesNotContainValue(0);
        alone.forEach((name, error) -> {
            if (error != 0) {
                assertThat(gated).as("%s", run).containsEntry(name, error);
            }
        });
        assertThat(Files.readAllLines(audit)).isNotEmpty().noneMatch(line -> line.contains("\"loaded\""));
    }

    /** Records are written while the next calls are answered: each call has its own answer. */
    @Test
    void noCallWaitsForeverWhileOthersAreRecorded() throws IOException {
        int rounds = 200;
        Path client = CProgram.compiled("words.c", directory);
        Path audit = directory.resolve("many-words.json");
        CommandLine.Result run = gate("--audit", audit).and(client).run(rounds);
        assertThat(run.exitCode()).as("%s", run).isZero();
        try (Stream<String> records = Files.lines(audit)) {
            assertThat(records.filter(line -> line.contains("\"record\":\"BPF\""))
                            .count())
                    .isEqualTo((long) rounds * errors(run).size());
        }
    }

    private static Map<String, Integer> errors(CommandLine.Result result) {
        assertThat(result.exitCode()).as("%s", result).isZero();
        Map<String, Integer> errors = new LinkedHashMap<>();
        for (String line : result.stdout().lines().toList()) {
            List<String> words = List.of(line.split(" ", 2));
            errors.put(words.get(0), Integer.parseInt(words.get(1)));
        }
        return errors;
    }

    /** What the kernel's selftest of signed loaders tries with maps: the gate changes none of the answers. */
    @Test
    void aFrozenMapStaysAsFrozenAsTheKernelMakesIt() {
        Path client = CProgram.compiled("maps.c", directory);
        CommandLine.Result alone = bare(client);
        Requires.that(alone.exitCode() == 0, "the kernel computes hashes of maps (Linux 6.18)");
        assertThat(errors(alone))
                .containsEntry("update", 0)
                .containsEntry("freeze", 0)
                .containsEntry("freeze-unmapped", 0)
                .satisfies(errors -> assertThat(errors.values())
                        .filteredOn(error -> error != 0)
                        .hasSize(6));
        assertThat(errors(gated(client))).isEqualTo(errors(alone));
    }

    /** The gate makes the load of a denied program too, from its copy, and hands it over. */
    @Test
    void aPermissiveGateLoadsFromItsCopyAndSaysSo() throws IOException {
        Requires.command("bpftool");
        Path audit = directory.resolve("permissive.json");
        Path pin = Path.of(
                "/sys/fs/bpf", "bpfgate-permissive-" + ProcessHandle.current().pid());
        Path program = Quickstart.program("xdp_count-changed.o");
        try {
            CommandLine.Result run = gate("--permissive", "--audit", audit)
                    .and("bpftool", "prog", "load", program)
                    .run(pin);
            Requires.that(!run.stderr().contains("bpffs"), "a BPF file system is mounted on /sys/fs/bpf");
            assertThat(run.exitCode()).as("%s", run).isZero();
            assertThat(run.stderr()).doesNotContain("Exception", "\tat ", " java.");
            assertThat(Files.readAllLines(audit))
                    .filteredOn(line -> line.contains("\"record\":\"BPF\"") && line.contains("\"xdp_count\""))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("permissive: would be denied")
                            .contains("\"loaded\"")
                            .doesNotContain("left to the kernel"));
        } finally {
            Files.deleteIfExists(pin);
        }
    }
}
