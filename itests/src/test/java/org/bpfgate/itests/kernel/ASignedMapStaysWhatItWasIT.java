package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No program that the shipped policies let in changes a map after a signature has vouched for its contents. */
@LoadsPrograms
class ASignedMapStaysWhatItWasIT {
    /** {@code EACCES} of {@code include/uapi/asm-generic/errno-base.h}, the policy's error. */
    private static final int EACCES = 13;

    /** How the client tells that the map has other contents. */
    private static final int CHANGED = 42;

    @TempDir
    static Path directory;

    private static Path client;
    private static Path signature;
    private static Path policy;

    @BeforeAll
    static void prepare() throws IOException {
        client = CProgram.compiled("frozen.c", directory);
        Path map = directory.resolve("map.bin");
        ByteBuffer contents = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
        Files.write(map, contents.putLong(1).putLong(2).putLong(3).putLong(4).array());
        Path code = directory.resolve("reader.insns");
        byte[] reader = new byte[32]; // r1 = map 0 of fd_array; r0 = 0; exit
        reader[0] = 0x18;
        reader[1] = 0x51;
        reader[16] = (byte) 0xb7;
        reader[24] = (byte) 0x95;
        Files.write(code, reader);
        signature = directory.resolve("reader.p7s");
        Path key = Gate.root().resolve("examples/quickstart/keys/EXAMPLE-ONLY-NEVER-TRUST.key");
        Path certificate = Gate.root().resolve("examples/quickstart/keys/EXAMPLE-ONLY-NEVER-TRUST.crt");
        CommandLine.Result signing = CommandLine.bpfgate()
                .run("sign", "--key", key, "--cert", certificate, "--map", map, "-o", signature, code);
        assertThat(signing.exitCode()).as("%s", signing).isZero();
        policy = Files.writeString(directory.resolve("signed.ipe"), """
                # dialect: bpfgate
                policy_name=signed policy_version=1.0.0
                DEFAULT action=DENY
                op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW
                op=BPF_PROG_LOAD bpf_signature=OK bpf_maps_immutable=TRUE action=ALLOW
                """);
    }

    private static CommandLine.Result run(Path byPolicy, Object... words) {
        return CommandLine.bpfgate()
                .and("run", "--trust", Quickstart.trust(), "--policy", byPolicy, "--")
                .and(client)
                .run(words);
    }

    /** The kernel itself lets it happen. */
    @Test
    void theProbeOfLibbpfDoesNotChangeAFrozenMap() {
        CommandLine.Result alone = CommandLine.of(client.toString()).run("after");
        assertThat(alone.exitCode()).as("without a gate: %s", alone).isEqualTo(CHANGED);

        CommandLine.Result run = run(Gate.root().resolve("examples/enforce/allowlist.ipe"), "after");
        assertThat(run.exitCode()).as("%s", run).isZero();
    }

    /** Whoever loaded a program on it before it was frozen may still write to it, so that nobody can vouch for it. */
    @Test
    void aMapThatAnEarlierProgramCanChangeIsNotVouchedFor() {
        CommandLine.Result run = run(policy, "before", signature);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(EACCES);
        assertThat(run.stderr()).contains("1 allowed, 1 denied");
    }

    /** The kernel's rule lets it in, and so does a policy that asks for the signature alone: that is what the word is for. */
    @Test
    void anotherMapInThePlaceOfTheSignedOneIsRefused() throws IOException {
        Path signatureOnly = Files.writeString(directory.resolve("only.ipe"), """
                policy_name=only policy_version=1.0.0
                DEFAULT action=DENY
                op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
                """);
        CommandLine.Result kernels = run(signatureOnly, "replaced", signature);
        assertThat(kernels.exitCode()).as("the kernel's rule: %s", kernels).isZero();

        CommandLine.Result run = run(policy, "replaced", signature);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(EACCES);

        CommandLine.Result strict = CommandLine.bpfgate()
                .and("run", "--mode", "strict", "--trust", Quickstart.trust(), "--policy", signatureOnly, "--")
                .and(client)
                .run("replaced", signature);
        assertThat(strict.exitCode()).as("%s", strict).isEqualTo(EACCES);
        assertThat(strict.stderr()).contains("UNEXPECTED");
    }

    @Test
    void aMapThatNoProgramCanChangeIs() {
        CommandLine.Result run = run(policy, "read-only", signature);
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.stderr()).contains("1 allowed");
    }
}
