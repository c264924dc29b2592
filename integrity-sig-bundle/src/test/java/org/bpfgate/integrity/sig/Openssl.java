package org.bpfgate.integrity.sig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs the openssl command in a directory of its own. A test that needs it is skipped where it is not installed. */
public final class Openssl {
    private final Path directory;

    /** Works in that directory. */
    public Openssl(Path directory) {
        this.directory = directory;
        Assumptions.assumeTrue(isInstalled(), "the command openssl is not installed");
    }

    private static boolean isInstalled() {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "openssl"))) {
                return true;
            }
        }
        return false;
    }

    /** Returns a file in the directory. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Runs openssl, which must succeed. */
    public void run(String... arguments) {
        Result result = tryRun(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError("openssl " + String.join(" ", arguments) + ": " + result.output());
        }
    }

    /** Runs openssl and returns how it ended. */
    public Result tryRun(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes a self-signed certificate, {@code NAME.pem}, and its key, {@code NAME.key}. */
    public Identity selfSigned(String name, String algorithm, String... more) {
        List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "30", "-subj"));
        arguments.addAll(List.of("/O=bpfgate test/CN=" + name, "-keyout", name + ".key", "-out", name + ".pem"));
        arguments.addAll(algorithm(algorithm));
        arguments.addAll(List.of(more));
        run(arguments.toArray(String[]::new));
        return identity(name);
    }

    /** Makes a certificate that another one signs. */
    public Identity issuedBy(Identity issuer, String name, String... more) {
        List<String> request = new ArrayList<>(List.of("req", "-new", "-nodes", "-subj", "/CN=" + name));
        request.addAll(List.of("-keyout", name + ".key", "-out", name + ".csr"));
        request.addAll(algorithm("P-256"));
        run(request.toArray(String[]::new));
        List<String> sign = new ArrayList<>(List.of("x509", "-req", "-in", name + ".csr", "-days", "30"));
        sign.addAll(List.of(
                "-CA",
                issuer.certificateFile().toString(),
                "-CAkey",
                issuer.keyFile().toString()));
        sign.addAll(List.of("-CAcreateserial", "-out", name + ".pem"));
        sign.addAll(List.of(more));
        run(sign.toArray(String[]::new));
        return identity(name);
    }

    /** Makes a self-signed certificate that was never valid: it ended the day before it began. */
    public Identity expired(String name) {
        selfSigned(name, "P-256");
        run("req", "-new", "-key", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr");
        run("x509", "-req", "-in", name + ".csr", "-signkey", name + ".key", "-days", "-1", "-out", name + ".pem");
        return identity(name);
    }

    /** The identity whose files have that name. */
    public Identity identity(String name) {
        return Identity.read(file(name + ".key"), file(name + ".pem"));
    }

    /** Signs {@code content} with {@code openssl cms -sign -outform DER} and returns the message. */
    public byte[] cms(byte[] content, Identity signer, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("cms", "-sign", "-binary", "-outform", "DER", "-in", "in.bin"));
        arguments.addAll(
                List.of("-out", "out.p7s", "-signer", signer.certificateFile().toString()));
        arguments.addAll(List.of("-inkey", signer.keyFile().toString()));
        arguments.addAll(List.of(more));
        try {
            Files.write(file("in.bin"), content);
            run(arguments.toArray(String[]::new));
            return Files.readAllBytes(file("out.p7s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a certificate's subject key identifier. */
    public byte[] subjectKeyId(Identity identity) {
        String text = tryRun(
                        "x509", "-in", identity.certificateFile().toString(), "-noout", "-ext", "subjectKeyIdentifier")
                .output();
        String hex = text.substring(text.indexOf('\n')).strip().replace(":", "");
        return HexFormat.of().parseHex(hex);
    }

    private static List<String> algorithm(String name) {
        return name.startsWith("P-")
                ? List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + name)
                : List.of("-newkey", name);
    }

    /** How a run ended. */
    public record Result(int exitCode, String output) {}
}
