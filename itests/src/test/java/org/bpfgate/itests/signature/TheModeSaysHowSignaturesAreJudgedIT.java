package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TheModeSaysHowSignaturesAreJudgedIT {
    @ParameterizedTest
    @CsvSource({
        "compat-n,  OK          verified",
        "compat-v7, BADSIG      malformed-map-attribute",
        "strict,    OK          verified",
    })
    void oneSignatureThreeModes(String mode, String expected) {
        CommandLine.Result result = CommandLine.bpfgate()
                .run("verify", "--mode", mode, "--trust", Quickstart.trust(), Quickstart.program("xdp_count.lskel.h"));
        assertThat(result.stdout()).contains("hornet     " + expected);
    }

    @Test
    void anotherModeIsWrongUsage() {
        CommandLine.Result result =
                CommandLine.bpfgate().run("verify", "--mode", "lenient", Quickstart.program("drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.stderr()).contains("--mode", "compat-n", "compat-v7", "strict");
    }

    @Test
    void aSkeletonWhoseDataChangedAfterSigningGetsNoDescriptor(@TempDir Path directory) throws Exception {
        String header = Files.readString(Quickstart.program("xdp_count.lskel.h"));
        Path changed = directory.resolve("changed.lskel.h");
        Files.writeString(changed, withAnotherByteOfData(header));
        Files.copy(Quickstart.program("xdp_count.lskel.h.p7s"), directory.resolve("changed.lskel.h.p7s"));
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"),
                "policy_name=signed policy_version=1.0.0\nDEFAULT action=DENY\nop=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n");
        CommandLine.Result result =
                CommandLine.bpfgate().run("check", "--policy", policy, "--trust", Quickstart.trust(), changed);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(result.stdout())
                .contains(
                        "hornet     OK ",
                        "1 map, of which 0 are frozen maps of this load",
                        "denied     EPERM: a signed map");
    }

    private static String withAnotherByteOfData(String header) {
        int data = header.indexOf("\\x", header.indexOf("opts.data = "));
        assertThat(data).isPositive();
        char digit = header.charAt(data + 3);
        return header.substring(0, data + 3) + (digit == '1' ? '2' : '1') + header.substring(data + 4);
    }
}
