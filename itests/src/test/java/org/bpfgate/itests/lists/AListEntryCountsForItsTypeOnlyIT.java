package org.bpfgate.itests.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a list names for one type and one way of attaching is let in as that and as nothing else, by the real kernel. */
@LoadsPrograms
class AListEntryCountsForItsTypeOnlyIT {
    /** The SHA-256 of the instructions of {@code types.c}. */
    private static final String DIGEST = "614b434cd8324ecc7c75ff9332b723a2eec8478e23cca7735bf316f765d42a61";

    /** Numbers of {@code enum bpf_prog_type}: kprobe, sched_cls, xdp, cgroup_skb, syscall. */
    private static final List<String> TYPES = List.of("2", "3", "6", "8", "31");

    /** {@code EACCES} of {@code include/uapi/asm-generic/errno-base.h}, the policy's error. */
    private static final String EACCES = "13";

    @TempDir
    static Path directory;

    private static Path client;
    private static Map<String, String> withoutGate;

    @TempDir
    private Path lists;

    private Path list;

    /** What this kernel takes is asked of it first. */
    @BeforeAll
    static void compile() {
        client = CProgram.compiled("types.c", directory);
        List<Object> all = new ArrayList<>(TYPES);
        all.addAll(List.of("6:33", "2:42"));
        withoutGate = answers(CommandLine.of(client.toString()).run(all.toArray()));
        Requires.that("loaded".equals(withoutGate.get("6")), "the kernel loads XDP programs");
    }

    @BeforeEach
    void name() {
        list = lists.resolve("list");
    }

    private static Map<String, String> answers(CommandLine.Result result) {
        assertThat(result.exitCode()).as("%s", result).isZero();
        Map<String, String> answers = new LinkedHashMap<>();
        result.stdout().lines().filter(line -> line.contains(": ")).forEach(line -> {
            int end = line.lastIndexOf(": ");
            answers.put(line.substring(0, end), line.substring(end + 2));
        });
        return answers;
    }

    private Map<String, String> underTheGate(Path used, Object... loads) {
        CommandLine.Result result = CommandLine.bpfgate()
                .and("run", "--allowlist", used)
                .and("--policy", Gate.root().resolve("examples/enforce/allowlist.ipe"), "--", client)
                .run(loads);
        return answers(result);
    }

    private void assertOnly(Path used, List<String> loads, String... allowed) {
        Map<String, String> answers = underTheGate(used, loads.toArray());
        assertThat(answers).containsOnlyKeys(loads.toArray(String[]::new));
        for (String load : loads) {
            String expected = List.of(allowed).contains(load) ? withoutGate.get(load) : EACCES;
            assertThat(answers).as("%s by %s", load, used).containsEntry(load, expected);
        }
    }

    @Test
    void anEntryForXdpLetsInXdpAlone() throws IOException {
        Files.writeString(list, DIGEST + "  two # type=xdp\n");
        assertOnly(list, TYPES, "6");
    }

    @Test
    void soDoesTheSameListCompiled() throws IOException {
        Files.writeString(list, DIGEST + "  two # type=xdp\n" + DIGEST + "  three # type=sched_cls\n");
        Path compiled = lists.resolve("compiled");
        CommandLine.Result built = CommandLine.bpfgate().run("allowlist", "build", "-o", compiled, list);
        assertThat(built.stdout()).as("%s", built).isEqualTo(compiled + ": 1 digest\n");
        assertOnly(compiled, TYPES, "6", "3");
    }

    /** A variant: the type is right, and the way of attaching is another one. */
    @Test
    void anEntryForADeviceMapLetsInNothingElse() throws IOException {
        Files.writeString(list, DIGEST + "  two # type=xdp attach=xdp_devmap\n");
        assertOnly(list, List.of("6", "6:33"), "6:33");
    }

    @Test
    void anEntryWithoutATypeLetsInAllAndAWarningSaysSo() throws IOException {
        Files.writeString(list, DIGEST + "  two\n");
        assertOnly(list, TYPES, TYPES.toArray(String[]::new));
        CommandLine.Result run = CommandLine.bpfgate()
                .and("run", "--allowlist", list)
                .run("--policy", Gate.root().resolve("examples/enforce/allowlist.ipe"), "--", "true");
        assertThat(run.diagnostics())
                .filteredOn(line -> line.contains("warning"))
                .containsExactly(
                        "bpfgate: warning: " + list + ": entries without a type: 1 of 1; their digests are let in as"
                                + " every type of program; add \"# type=TYPE\"");
    }

    /** Every type of one digest is an entry, and so is every way of attaching. */
    @Test
    void whatIsLearnedIsLetInAndNothingElse() {
        CommandLine.Result learned =
                CommandLine.bpfgate().run("learn", "-o", list, "--", client, "6:33", "6", "3", "6");
        assertThat(learned.exitCode()).as("%s", learned).isZero();
        assertThat(list)
                .content()
                .contains(DIGEST + "  (unnamed) # type=xdp source=")
                .contains(DIGEST + "  (unnamed) # type=sched_cls source=")
                .contains(DIGEST + "  (unnamed) # type=xdp attach=xdp_devmap source=");
        assertThat(learned.stderr()).contains("learned 3 programs");
        assertOnly(list, TYPES, "6", "3");
    }
}
