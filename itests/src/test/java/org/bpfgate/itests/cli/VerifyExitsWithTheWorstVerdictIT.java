package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes of verdicts that files can lead to; FAULT (16) and NONE (17) need a broken module. */
class VerifyExitsWithTheWorstVerdictIT {
    @ParameterizedTest
    @CsvSource({
        "drop_ping.insns,           0", // signed
        "xdp_count.lskel.h,         0", // signed with its map
        "xdp_count.o,               0", // unsigned, and listed: one verifier that says OK is enough
        "exec_trace.o,              11", // neither
        "drop_ping-tampered.insns,  12",
        "drop_ping-stranger.insns,  12", // a stranger's signature is a bad one, as in the kernel
        "xdp_count-changed.o,       15", // unsigned, and not the program of that name that is listed
        "'',                        15", // all of the directory
    })
    void theCodeTellsTheVerdict(String program, int code) {
        CommandLine.Result result =
                verify("--allowlist", Quickstart.allowlist(), Quickstart.program(program == null ? "" : program));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(code);
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void aKeyringThatDoesNotExistIsAnUnknownKey() {
        CommandLine.Result result = verify("--keyring", 4711, Quickstart.program("drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(13);
        assertThat(result.stdout())
                .contains("hornet     UNKNOWNKEY  unknown-keyring: there is no keyring or key with id 4711");
    }

    @Test
    void theWorstOfSeveralProgramsCounts() {
        CommandLine.Result result = verify(
                Quickstart.program("drop_ping.insns"),
                Quickstart.program("drop_ping-tampered.insns"),
                Quickstart.program("exec_trace.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(12);
    }

    @Test
    void junkInPlaceOfASignatureIsABadSignature(@TempDir Path directory) throws IOException {
        Path junk = Files.writeString(directory.resolve("junk.p7s"), "junk");
        Path empty = Files.createFile(directory.resolve("empty.p7s"));
        for (Path signature : List.of(junk, empty)) {
            CommandLine.Result result = verify("--signature", signature, Quickstart.program("exec_trace.o"));
            assertThat(result.exitCode()).as("%s", result).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hornet,           drop_ping.insns,    0",
        "'hornet,native',  drop_ping.insns,    0",
        "hornet,           xdp_count.o,        11", // allowlist says OK, and is not asked
        "allowlist,        xdp_count.o,        0",
        "'native,allowlist', xdp_count.o,      11", // each must say OK
        "'allowlist,hornet', exec_trace.o,     11",
        "allowlist,        xdp_count-changed.o, 15",
        "native,           drop_ping-tampered.insns, 12",
    })
    void onlyTheRequiredVerifiersCount(String required, String program, int code) {
        CommandLine.Result result =
                verify("--require", required, "--allowlist", Quickstart.allowlist(), Quickstart.program(program));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(code);
        for (String verifier : List.of("hornet", "native", "allowlist")) {
            assertThat(result.stdout().contains(" " + verifier + " "))
                    .as("%s: %s", verifier, result)
                    .isEqualTo(required.contains(verifier));
        }
    }

    @Test
    void aReleaseJobThatRequiresHornetInModeStrictDoesNotPassBecauseOfAnother(@TempDir Path directory)
            throws IOException {
        Path program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
        OpenSsl.Signer signer = OpenSsl.signer(directory, "signer", OpenSsl.Kind.RSA);
        OpenSsl.sign(program, signer, directory.resolve("p.insns.p7s"), "-noattr");
        CommandLine verify = CommandLine.bpfgate().and("verify", "--mode", "strict", "--trust", signer.certificate());
        assertThat(verify.run(program).exitCode()).as("native says OK").isZero();
        CommandLine.Result result = verify.run("--require", "hornet", "--format", "json", program);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(14);
        String programs = result.stdout().substring(result.stdout().indexOf("\"programs\""));
        assertThat(programs).contains("hornet", "PARTIALSIG").doesNotContain("native");
    }

    @Test
    void aRequiredVerifierThatReportsNothingIsNone() {
        CommandLine.Result result = verify("--require", "allowlist", Quickstart.program("exec_trace.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(17);
        assertThat(result.stderr())
                .endsWith(": allowlist is required and reported nothing: there is no list (--allowlist)\n");
    }

    @Test
    void aMistypedVerifierIsWrongUsage() {
        CommandLine.Result result = verify("--require", "hornet,nativ", Quickstart.program("drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr())
                .contains(
                        "--require: there is no verifier 'nativ'; did you mean 'native'? (there are hornet, native, allowlist)");
    }

    private static CommandLine.Result verify(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("verify", "--trust", Quickstart.trust()));
        all.addAll(List.of(arguments));
        return CommandLine.bpfgate().run(all.toArray());
    }
}
