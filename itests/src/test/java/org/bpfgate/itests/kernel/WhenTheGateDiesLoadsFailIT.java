package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever kills the gate gets no load past it: each one fails from then on. */
@LoadsPrograms
class WhenTheGateDiesLoadsFailIT {
    /** ENOSYS, 38: the kernel's answer where nobody listens. */
    private static final String ALL_FAIL = "loaded, error 38, 1001 times";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theClientGetsOnlyErrors(boolean permissive) throws IOException, InterruptedException {
        Path client = CProgram.compiled("loads.c", directory);
        Path said = directory.resolve("said");
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        List<String> words = List.of(
                Gate.installation().resolve("bin/bpfgate").toString(),
                "run",
                "--policy",
                policy.toString(),
                permissive ? "--permissive" : "--mode=compat-n",
                "--",
                client.toString(),
                said.toString());
        Process gate = new ProcessBuilder(words).inheritIO().start();
        await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(said));
        gate.destroyForcibly();
        assertThat(gate.waitFor()).as("killed by SIGKILL").isEqualTo(128 + 9);
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(said).hasContent(ALL_FAIL));
    }
}
