package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is linked with libbpf meets the gate without a change: its probes pass, and a denial is in its own log. */
@LoadsPrograms
class AProgramWithLibbpfLoadsUnchangedIT {
    /** {@code EACCES} of {@code include/uapi/asm-generic/errno-base.h}, the policy's error. */
    private static final int EACCES = 13;

    @TempDir
    static Path directory;

    private static Path client;

    @BeforeAll
    static void compile() {
        client = CProgram.compiled("with_libbpf.c", directory, "-Wl,--no-as-needed", "-lbpf");
    }

    private static CommandLine.Result run(String object) {
        return CommandLine.bpfgate()
                .and("run", "--allowlist", Quickstart.allowlist())
                .and("--policy", Gate.root().resolve("examples/enforce/allowlist.ipe"), "--")
                .run(client, Quickstart.program(object));
    }

    @Test
    void aListedObjectIsLoaded() {
        CommandLine.Result run = run("xdp_count.o");
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.stdout()).contains(" loaded").doesNotContain("not loaded");
        assertThat(run.stderr()).contains("0 denied");
    }

    @Test
    void anUnlistedObjectIsNotAndTheReasonIsInTheLogOfLibbpf() {
        CommandLine.Result run = run("xdp_count-changed.o");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(EACCES);
        assertThat(run.stderr()).contains("BEGIN PROG LOAD LOG").contains("bpfgate: denied: EACCES by ipe");
    }
}
