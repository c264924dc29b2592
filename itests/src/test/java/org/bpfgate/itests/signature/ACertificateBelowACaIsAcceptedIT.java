package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bpf_signer_ca}: an authority, an intermediate one and a signer, all made by OpenSSL. */
class ACertificateBelowACaIsAcceptedIT {
    private static final int DENIED = 10;

    @TempDir
    private Path directory;

    private Path program;

    @BeforeEach
    void issue() throws IOException {
        Requires.command("openssl");
        program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
        authority("root", "root");
        authority("between", "root");
        authority("stranger", "stranger");
        Files.writeString(directory.resolve("leaf.ext"), """
                basicConstraints=CA:FALSE
                keyUsage=digitalSignature
                extendedKeyUsage=codeSigning
                subjectKeyIdentifier=hash
                authorityKeyIdentifier=keyid
                """);
        certificate("leaf", "between", "leaf.ext");
        openssl(
                "cms",
                "-sign",
                "-binary",
                "-noattr",
                "-outform",
                "DER",
                "-in",
                "p.insns",
                "-out",
                "p.insns.p7s",
                "-signer",
                "leaf.crt",
                "-inkey",
                "leaf.key",
                "-certfile",
                "between.crt");
    }

    private void authority(String name, String issuer) throws IOException {
        String key = name.equals(issuer) ? "" : "authorityKeyIdentifier=keyid";
        Files.writeString(directory.resolve(name + ".ext"), """
                basicConstraints=critical,CA:TRUE
                keyUsage=keyCertSign
                subjectKeyIdentifier=hash
                %s
                """.formatted(key));
        certificate(name, issuer, name + ".ext");
    }

    private void certificate(String name, String issuer, String extensions) {
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                name + ".key",
                "-subj",
                "/CN=" + name,
                "-out",
                name + ".csr");
        List<String> words = new ArrayList<>(List.of(
                "x509", "-req", "-in", name + ".csr", "-days", "30", "-extfile", extensions, "-out", name + ".crt"));
        words.addAll(
                name.equals(issuer)
                        ? List.of("-signkey", name + ".key")
                        : List.of("-CA", issuer + ".crt", "-CAkey", issuer + ".key", "-CAcreateserial"));
        openssl(words.toArray(String[]::new));
    }

    private void openssl(String... arguments) {
        CommandLine.Result result = CommandLine.of("openssl").in(directory).run((Object[]) arguments);
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    private String digest(String name) {
        openssl("x509", "-in", name + ".crt", "-outform", "DER", "-out", name + ".der");
        return CommandLine.of("sha256sum")
                .run(directory.resolve(name + ".der"))
                .stdout()
                .substring(0, 64);
    }

    private CommandLine.Result check(String authority, String trusted, String... more) throws IOException {
        Path policy = Files.writeString(directory.resolve("policy.ipe"), """
                # dialect: bpfgate
                policy_name=below policy_version=1.0.0
                DEFAULT action=ALLOW
                DEFAULT op=BPF_PROG_LOAD action=DENY
                op=BPF_PROG_LOAD bpf_signer_ca=sha256:%s action=ALLOW
                """.formatted(digest(authority)));
        return CommandLine.bpfgate()
                .and("check", "--policy", policy, "--trust", directory.resolve(trusted + ".crt"))
                .and((Object[]) more)
                .run(program);
    }

    @Test
    void whoeverAnAuthorityOfTheChainVouchesForIsLetIn() throws IOException {
        for (String mode : new String[] {"compat-n", "strict"}) {
            CommandLine.Result root = check("root", "root", "--mode", mode);
            assertThat(root.exitCode()).as("%s", root).isZero();
            CommandLine.Result between = check("between", "root", "--mode", mode);
            assertThat(between.exitCode()).as("%s", between).isZero();
        }
    }

    @Test
    void anotherAuthorityIsNot() throws IOException {
        CommandLine.Result stranger = check("stranger", "root");
        assertThat(stranger.exitCode()).as("%s", stranger).isEqualTo(DENIED);
        assertThat(stranger.stdout()).contains("native     OK");
    }

    @Test
    void theSignerItselfIsNoAuthority() throws IOException {
        CommandLine.Result leaf = check("leaf", "root");
        assertThat(leaf.exitCode()).as("%s", leaf).isEqualTo(DENIED);
    }

    @Test
    void aChainThatEndsInNoTrustedCertificateCountsForNothing() throws IOException {
        CommandLine.Result untrusted = check("root", "stranger");
        assertThat(untrusted.exitCode()).as("%s", untrusted).isEqualTo(DENIED);
        assertThat(untrusted.stdout()).contains("untrusted-signer");
    }
}
