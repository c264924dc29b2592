package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.itests.OpenSsl.Kind.P256;
import static org.bpfgate.itests.OpenSsl.Kind.RSA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SoftHSM stands for the token: its module has the interface of a real one, and its keys do not leave it. */
class KeysOnTokensSignIT {
    private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final String PIN = "1234";

    @TempDir
    private Path directory;

    private Path program;
    private Path pin;
    private OpenSsl.Signer rsa;
    private OpenSsl.Signer ec;

    @BeforeEach
    void makeTokens() throws IOException {
        Requires.command("softhsm2-util");
        Requires.command("pkcs11-tool");
        Requires.that(Files.exists(MODULE), MODULE + " is not there");
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        Files.writeString(directory.resolve("softhsm.conf"), "directories.tokendir = " + tokens + "\n");
        pin = Files.writeString(directory.resolve("pin"), PIN + "\n");
        program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
        for (String label : new String[] {"release", "other"}) {
            run(tool("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "5678"));
        }
        rsa = onToken("rsa", RSA, "01");
        ec = onToken("ec", P256, "02");
    }

    /** The key goes onto the token with its certificate, and no file of it stays. */
    private OpenSsl.Signer onToken(String name, OpenSsl.Kind kind, String id) throws IOException {
        OpenSsl.Signer made = OpenSsl.signer(directory, name, kind);
        run(tool("softhsm2-util", "--import", made.key().toString(), "--token", "release", "--label", name)
                .and("--id", id, "--pin", PIN));
        Path der = directory.resolve(name + ".der");
        run(tool("openssl", "x509", "-in", made.certificate().toString(), "-outform", "DER", "-out", der.toString()));
        run(tool("pkcs11-tool", "--module", MODULE.toString(), "--token-label", "release", "--login", "--pin", PIN)
                .and("--write-object", der, "--type", "cert", "--id", id, "--label", name));
        Files.delete(made.key());
        return made;
    }

    private CommandLine tool(String... words) {
        return CommandLine.of(words)
                .with("SOFTHSM2_CONF", directory.resolve("softhsm.conf").toString());
    }

    private static void run(CommandLine command) {
        CommandLine.Result result = command.run();
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    private CommandLine.Result sign(String uri, Object... more) {
        return CommandLine.bpfgate()
                .with("SOFTHSM2_CONF", directory.resolve("softhsm.conf").toString())
                .and("sign", "--key", uri)
                .and(more)
                .run(program);
    }

    private static String uri(String path) {
        return "pkcs11:" + path + "?module-path=" + MODULE;
    }

    private void assertVerified(OpenSsl.Signer signer) {
        Path signature = directory.resolve("p.insns.p7s");
        CommandLine.Result theirs = OpenSsl.verify(program, signature, signer.certificate());
        assertThat(theirs.exitCode()).as("%s", theirs).isZero();
        CommandLine.Result ours =
                CommandLine.bpfgate().run("verify", "--require", "hornet", "--trust", signer.certificate(), program);
        assertThat(ours.exitCode()).as("%s", ours).isZero();
    }

    @Test
    void aKeyIsNamedByItsLabelOrItsId() {
        CommandLine.Result byLabel = sign(uri("token=release;object=rsa"), "--password-file", pin);
        assertThat(byLabel.exitCode()).as("%s", byLabel).isZero();
        assertThat(byLabel.stderr()).isEmpty();
        assertVerified(rsa);
        CommandLine.Result byId = sign(uri("token=release;id=%02") + "&pin-source=file:" + pin);
        assertThat(byId.exitCode()).as("%s", byId).isZero();
        assertVerified(ec);
    }

    @Test
    void theCertificateCanBeInAFile() {
        CommandLine.Result result =
                sign(uri("token=release;object=ec"), "--password-file", pin, "--cert", ec.certificate());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertVerified(ec);
        refused(
                uri("token=release;object=ec"),
                "this private key does not belong to the certificate " + rsa.certificate(),
                "--password-file",
                pin,
                "--cert",
                rsa.certificate());
    }

    @Test
    void whatIsNotThereIsOneLineThatSaysWhatIs() throws IOException {
        refused(uri("token=none;object=rsa"), "no such token: there are \"", "--password-file", pin);
        refused(uri("object=rsa"), "several tokens fit; say which by token= or serial=", "--password-file", pin);
        refused(uri("token=release"), "several keys fit; say which by id=: there is ", "--password-file", pin);
        refused(
                uri("token=release;object=x"),
                "no such private key with a certificate: there is ",
                "--password-file",
                pin);
        refused(
                uri("token=other;object=rsa"),
                "none is on the token. A key on a token needs its",
                "--password-file",
                pin);
        refused(uri("token=release;id=%09"), "shows no certificate with this id", "--password-file", pin);
        refused(uri("token=release;object=rsa"), "wants a PIN: give --password-file");
        refused("pkcs11:token=release", "names no module; add ?module-path=");
        refused(
                "pkcs11:token=release?module-path=/none.so",
                "/none.so: no such PKCS#11 module",
                "--password-file",
                pin);
        refused("pkcs11:token=release?module-path=" + pin, "is no PKCS#11 module", "--password-file", pin);
    }

    /** A wrong PIN uses up one try of the token that is meant, and none of another. */
    @Test
    void aWrongPinIsTriedOnce() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "9999\n");
        refused(uri("token=release;object=rsa"), "the PIN is wrong", "--password-file", wrong);
        assertThat(sign(uri("token=release;object=rsa"), "--password-file", pin).exitCode())
                .isZero();
    }

    private void refused(String uri, String message, Object... more) {
        CommandLine.Result result = sign(uri, more);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: ")
                .contains(message);
        assertThat(result.stdout()).isEmpty();
    }
}
