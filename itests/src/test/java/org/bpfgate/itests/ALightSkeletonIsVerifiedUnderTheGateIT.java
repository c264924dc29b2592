package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program built from a light skeleton loads under the gate as it is, and only with the loader and the map that were signed. */
@Tag("kernel")
class ALightSkeletonIsVerifiedUnderTheGateIT {
    @TempDir
    static Path directory;

    private static Path client;

    @BeforeAll
    static void compile() {
        client = CProgram.compiled(
                "skeleton.c", directory, "-I", Quickstart.directory().resolve("programs"));
    }

    /** 13 EACCES from the policy; 1 EPERM from hornet, which looks at the map when the descriptor is handed out. */
    @ParameterizedTest
    @CsvSource({
        "good, 0, 1 allowed, ''",
        "no-signature, 13, 1 denied, no rule allows",
        "changed-code, 13, 1 denied, BADSIG",
        "changed-data, 1, 1 allowed, not among the program's frozen maps",
        "not-frozen, 1, 1 allowed, not among the program's frozen maps",
    })
    void onlyWhatWasSignedIsLoaded(String what, int exitCode, String count, String reason) {
        Path audit = directory.resolve(what + ".json");
        CommandLine.Result run = CommandLine.bpfgate()
                .and("run", "--trust", Quickstart.trust(), "--policy", Quickstart.policy(), "--audit", audit, "--")
                .run(client, Quickstart.program("xdp_count.lskel.h.p7s"), what);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
        assertThat(audit).content().contains("__loader.prog").contains(reason);
        CommandLine.Result again = CommandLine.bpfgate()
                .and(CProgram.byQuickstart().toArray())
                .run(client, Quickstart.program("xdp_count.lskel.h.p7s"), what);
        assertThat(again.stderr()).contains(count);
    }
}
