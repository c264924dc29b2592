package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL knows nothing of maps, so its good signatures are partial ones here, and its bad ones are bad. */
class SignedByOpenSslVerifiedByThisIT {
    @TempDir
    private Path directory;

    private Path program;

    @BeforeEach
    void copy() throws IOException {
        program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutSignedAttributesItIsPartial(OpenSsl.Kind kind) {
        assertPartial(sign(kind, "-noattr"));
    }

    @ParameterizedTest
    @EnumSource
    void withSignedAttributesItIsPartial(OpenSsl.Kind kind) {
        assertPartial(sign(kind, "-nosmimecap"));
    }

    @ParameterizedTest
    @EnumSource
    void forAnotherProgramItIsBad(OpenSsl.Kind kind) throws IOException {
        OpenSsl.Signer signer = sign(kind, "-noattr");
        Files.copy(Quickstart.program("drop_ping-tampered.insns"), directory.resolve("q.insns"));
        Files.move(directory.resolve("p.insns.p7s"), directory.resolve("q.insns.p7s"));
        CommandLine.Result result =
                CommandLine.bpfgate().run("verify", "--trust", signer.certificate(), directory.resolve("q.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(12);
    }

    private OpenSsl.Signer sign(OpenSsl.Kind kind, String option) {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "signer", kind);
        OpenSsl.sign(program, signer, directory.resolve("p.insns.p7s"), option);
        return signer;
    }

    private void assertPartial(OpenSsl.Signer signer) {
        CommandLine.Result result = CommandLine.bpfgate().run("verify", "--trust", signer.certificate(), program);
        assertThat(result.exitCode())
                .as("one verifier, native, says OK: %s", result)
                .isZero();
        assertThat(result.stdout()).contains("hornet     PARTIALSIG  no-map-attribute: ", "native     OK          ");
    }
}
