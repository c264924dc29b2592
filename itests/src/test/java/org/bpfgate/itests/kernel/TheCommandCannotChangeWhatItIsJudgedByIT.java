package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bpfgate run} reads policies and lists before the command starts, and what the command writes into them does not count. */
@LoadsPrograms
class TheCommandCannotChangeWhatItIsJudgedByIT {
    private static final int EACCES = 13;

    /** Lists were looked at once a second. */
    private static final String LONG_ENOUGH = "; sleep 3; ";

    @TempDir
    Path directory;

    private Path client;
    private Path list;
    private Path empty;

    @BeforeEach
    void learn() {
        client = CProgram.compiled("load_once.c", directory);
        list = directory.resolve("list");
        CommandLine.Result learned = CommandLine.bpfgate().run("learn", "-o", list, "--", client);
        assertThat(learned.exitCode()).as("%s", learned).isZero();
        empty = directory.resolve("empty");
    }

    private int run(Path allowed, Path policy, String change) {
        return CommandLine.bpfgate()
                .run("run", "--allowlist", allowed, "--policy", policy, "--", "sh", "-c", change + LONG_ENOUGH + client)
                .exitCode();
    }

    private static Path policy() {
        return Gate.root().resolve("examples/enforce/allowlist.ipe");
    }

    /** The list in use, whether the command adds itself to it or takes itself out, in place or by a new file. */
    @ParameterizedTest
    @CsvSource({"cat list > used", "cp list new && mv new used", "rm used"})
    void aListStaysAsItWas(String change) throws IOException {
        Files.writeString(empty, "# nothing\n");
        Path used = Files.copy(empty, directory.resolve("used"));
        assertThat(run(used, policy(), "cd " + directory + "; " + change)).isEqualTo(EACCES);
        Files.deleteIfExists(used);
        Files.copy(list, used);
        assertThat(run(used, policy(), "cd " + directory + "; " + change.replace("list", "empty")))
                .isZero();
    }

    /** A compiled list was mapped, so that a write into the file was a write into the list. */
    @Test
    void aCompiledListStaysAsItWas() throws IOException {
        Files.writeString(empty, "59f4a931744dcdc62944a018ed3990e666ec6444616418d3b09a82dc5c753d52  other\n");
        Path without = directory.resolve("without.idx");
        Path with = directory.resolve("with.idx");
        assertThat(CommandLine.bpfgate()
                        .run("allowlist", "build", "-o", without, empty)
                        .exitCode())
                .isZero();
        assertThat(CommandLine.bpfgate()
                        .run("allowlist", "build", "-o", with, list)
                        .exitCode())
                .isZero();
        assertThat(run(without, policy(), "cat " + with + " 1<>" + without)).isEqualTo(EACCES);
    }

    @Test
    void aPolicyStaysAsItWas() throws IOException {
        Path policy = Files.copy(policy(), directory.resolve("policy.ipe"));
        Files.writeString(empty, "# nothing\n");
        String allow = "printf 'policy_name=all policy_version=9.0.0\\nDEFAULT action=ALLOW\\n' > " + policy;
        assertThat(run(empty, policy, allow)).isEqualTo(EACCES);
    }
}
