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

class SignedByThisAcceptedByOpenSslIT {
    @TempDir
    private Path directory;

    private Path program;

    @BeforeEach
    void copy() throws IOException {
        program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
    }

    @ParameterizedTest
    @EnumSource
    void bothAcceptTheSignature(OpenSsl.Kind kind) {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "signer", kind);
        Path signature = sign(signer);
        CommandLine.Result theirs = OpenSsl.verify(program, signature, signer.certificate());
        assertThat(theirs.exitCode()).as("%s", theirs).isZero();
        CommandLine.Result ours = CommandLine.bpfgate().run("verify", "--trust", signer.certificate(), program);
        assertThat(ours.exitCode()).as("%s", ours).isZero();
        assertThat(ours.stdout()).contains("hornet     OK ");
    }

    @ParameterizedTest
    @EnumSource
    void bothRefuseTheSignatureOfAChangedProgram(OpenSsl.Kind kind) throws IOException {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "signer", kind);
        Path signature = sign(signer);
        byte[] changed = Files.readAllBytes(program);
        changed[0] ^= 1;
        Files.write(program, changed);
        CommandLine.Result theirs = OpenSsl.verify(program, signature, signer.certificate());
        assertThat(theirs.exitCode()).as("%s", theirs).isNotZero();
        CommandLine.Result ours = CommandLine.bpfgate().run("verify", "--trust", signer.certificate(), program);
        assertThat(ours.exitCode()).as("%s", ours).isEqualTo(12);
        assertThat(ours.stdout()).contains("hornet     BADSIG ");
    }

    private Path sign(OpenSsl.Signer signer) {
        CommandLine.Result result =
                CommandLine.bpfgate().run("sign", "--key", signer.key(), "--cert", signer.certificate(), program);
        assertThat(result.exitCode()).as("%s", result).isZero();
        return directory.resolve("p.insns.p7s");
    }
}
