package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpfgate.itests.CommandLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A list that was cut off, emptied or deleted by mistake changes nothing before an operator says that it is meant. */
@Timeout(300)
class ASmallerListIsNotTakenByItselfIT {
    private static final int REFUSED = 10;
    private static final String PID = "org.bpfgate.allowlist";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path root;

    private Path list;
    private Path revocations;

    @BeforeEach
    void lists() throws IOException {
        list = Files.createDirectories(root.resolve("etc/bpfgate/lists.d")).resolve("list");
        revocations = Files.createDirectories(root.resolve("etc/bpfgate/revocations.d"))
                .resolve("revoked");
        write(list, 100);
        write(revocations, 10);
    }

    private void write(Path to, int entries) throws IOException {
        Path draft = Files.writeString(
                root.resolve("draft"),
                IntStream.range(0, entries)
                        .mapToObj("%064x  program # type=xdp\n"::formatted)
                        .collect(Collectors.joining()));
        Files.move(draft, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitStatus(RunningGate gate, String... texts) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gate.run("status").stdout()).contains(texts));
    }

    private static void awaitNoProblem(RunningGate gate) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gate.run("status").stdout()).doesNotContain("--accept-smaller"));
    }

    @Test
    void itStaysAsItWasUntilAnOperatorAccepts() throws Exception {
        try (RunningGate gate = RunningGate.ready(root)) {
            write(list, 1);
            awaitStatus(
                    gate,
                    list + ":1:1: has 1 entry in place of 100, and a list may lose 50 % (most.lost)",
                    "bpfgate settings org.bpfgate.allowlist --accept-smaller");
            // Deleted, and another revocation that must not be kept out.
            Files.delete(revocations);
            write(revocations.resolveSibling("more"), 1);
            awaitStatus(gate, revocations + ":1:1: is no list any more, and has 10 entries");
            assertThat(gate.log()).contains("has 1 entry in place of 100").contains("the list stays as it was");
            assertThat(Files.readString(root.resolve("var/lib/bpfgate/audit.jsonl")))
                    .contains("\"outcome\":\"kept\",\"reason\":\"" + list + ":1:1: has 1 entry in place of 100")
                    .contains("revocations.d/more\",\"kind\":\"revocations\",\"outcome\":\"taken\"");

            gate.signal("HUP");
            CommandLine.Result accepted = gate.run("settings", PID, "--accept-smaller");
            assertThat(accepted.exitCode()).as("%s", accepted).isZero();
            awaitNoProblem(gate);
            assertThat(gate.run("settings", PID).stdout()).contains("most.lost is not set, which is 50");
            assertThat(gate.run("lsm", "history").stdout()).contains("settings " + PID + " --accept-smaller");
            write(list, 0);
            awaitStatus(gate, "has 0 entries in place of 1");
        }
    }

    @Test
    void settingsThatNameASmallerListAreRefused() throws Exception {
        Path other = root.resolve("other");
        write(other, 3);
        try (RunningGate gate = RunningGate.ready(root)) {
            CommandLine.Result set = gate.run("settings", PID, "lists=" + other, "keep.removed=false");
            assertThat(set.exitCode()).isEqualTo(REFUSED);
            assertThat(set.stderr())
                    .contains("is no list any more, and has 100 entries")
                    .contains("--accept-smaller");
            assertThat(root.resolve("etc/bpfgate/conf.d/" + PID + ".cfg")).doesNotExist();
            CommandLine.Result meant =
                    gate.run("settings", PID, "lists=" + other, "keep.removed=false", "--accept-smaller");
            assertThat(meant.exitCode()).as("%s", meant).isZero();
            assertThat(gate.run("settings", PID).stdout())
                    .contains("lists = " + other)
                    .contains("most.lost is not set");

            CommandLine.Result nothing = gate.run("settings", "org.bpfgate.ipe", "--accept-smaller");
            assertThat(nothing.exitCode()).isEqualTo(2);
            assertThat(gate.run("settings", "--accept-smaller").exitCode()).isEqualTo(2);

            Path least = root.resolve("least");
            write(least, 1);
            assertThat(gate.run("candidate", "start", "--lists", least).exitCode())
                    .isZero();
            CommandLine.Result promote = gate.run("candidate", "promote", "--accept-untried");
            assertThat(promote.exitCode()).isEqualTo(REFUSED);
            assertThat(promote.stderr()).contains("other is no list any more").contains("say --accept-smaller");
            assertThat(gate.run("candidate", "promote", "--accept-untried", "--accept-smaller")
                            .exitCode())
                    .isZero();
            assertThat(gate.run("settings", PID).stdout()).contains("lists = " + least);
        }
    }

    @Test
    void afterARestartFewerRevocationsHoldLoadsAndFewerProgramsAreAProblem() throws Exception {
        RunningGate.ready(root).close();
        write(list, 1);
        write(revocations, 1);
        try (RunningGate gate = RunningGate.start(root)) {
            awaitStatus(gate, revocations + ":1:1: since the last start has 1 entry in place of 10");
            assertThat(gate.run("status").exitCode()).isEqualTo(1);
            write(revocations, 10);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(gate.run("settings", PID, "--accept-smaller")
                                    .exitCode())
                            .isZero());
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(gate.run("status").exitCode()).isZero());
        }
        write(list, 100);
        RunningGate.ready(root).close();
        write(list, 1);
        try (RunningGate gate = RunningGate.ready(root)) {
            awaitStatus(gate, list + ":1:1: since the last start has 1 entry in place of 100");
            assertThat(gate.run("settings", PID, "--accept-smaller").exitCode()).isZero();
            awaitNoProblem(gate);
        }
    }
}
