package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program built from a light skeleton loads under the gate as it is, and only with the loader and the map that were signed. */
@LoadsPrograms
class ALightSkeletonIsVerifiedUnderTheGateIT {
    @TempDir
    static Path directory;

    /** How the client tells that the kernel knows no attribute {@code excl_prog_hash}. */
    private static final int NO_EXCLUSIVE_MAPS = 98;

    private static Path client;
    private static Path kernelPolicy;

    @BeforeAll
    static void compile() throws IOException {
        kernelPolicy = Files.writeString(
                directory.resolve("kernel.ipe"),
                "policy_name=kernel policy_version=1.0.0\nDEFAULT action=DENY\nop=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n");
        client = CProgram.compiled(
                "skeleton.c", directory, "-I", Quickstart.directory().resolve("programs"));
    }

    /**
     * 13 EACCES from the policy; 1 EPERM from hornet, which looks at the map when the descriptor is handed out. The policy of the
     * quickstart demands immutable maps, so that it refuses the load already; one in the kernel's own words cannot.
     */
    @ParameterizedTest
    @CsvSource({
        "quickstart, good, 0, 1 allowed, ''",
        "quickstart, no-signature, 13, 1 denied, no rule allows",
        "quickstart, changed-code, 13, 1 denied, BADSIG",
        "quickstart, changed-data, 13, 1 denied, bpf_maps_immutable=TRUE",
        "quickstart, not-frozen, 13, 1 denied, bpf_maps_immutable=TRUE",
        "quickstart, shared, 13, 1 denied, mutable-map",
        "kernel, changed-data, 1, 1 denied, not among the program's frozen maps",
        "kernel, not-frozen, 1, 1 denied, not among the program's frozen maps",
        "kernel, shared, 0, 1 allowed, mutable-map",
    })
    void onlyWhatWasSignedIsLoaded(String policy, String what, int exitCode, String count, String reason) {
        Path audit = directory.resolve(policy + what + ".json");
        Path file = policy.equals("kernel") ? kernelPolicy : Quickstart.policy();
        CommandLine.Result run = CommandLine.bpfgate()
                .and("run", "--trust", Quickstart.trust(), "--policy", file, "--audit", audit, "--")
                .run(client, Quickstart.program("xdp_count.lskel.h.p7s"), what);
        Requires.that(run.exitCode() != NO_EXCLUSIVE_MAPS, "the kernel has exclusive maps (Linux 6.18)");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
        assertThat(audit).content().contains("__loader.prog").contains(reason);
        CommandLine.Result again = CommandLine.bpfgate()
                .and("run", "--trust", Quickstart.trust(), "--policy", file, "--")
                .run(client, Quickstart.program("xdp_count.lskel.h.p7s"), what);
        assertThat(again.stderr()).contains(count);
    }
}
