package org.bpfgate.benchmarks.signed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.benchmarks.SkippedException;

/** The programs of the machine that the comparison with OpenSSL needs. */
final class Tool {
    private Tool() {}

    /** Makes a key and a certificate that it signs itself. */
    static void openssl(List<String> keyOptions, Path key, Path certificate)
            throws IOException, InterruptedException, SkippedException {
        List<String> words = new ArrayList<>(List.of("openssl", "req", "-x509", "-batch", "-nodes", "-sha256"));
        words.addAll(keyOptions);
        words.addAll(List.of("-subj", "/CN=benchmark", "-keyout", key.toString(), "-out", certificate.toString()));
        run(words, "openssl is needed to make keys");
    }

    /** Compiles a C program against OpenSSL's library. */
    static void cc(Path source, Path program) throws IOException, InterruptedException, SkippedException {
        run(
                List.of("cc", "-O2", "-o", program.toString(), source.toString(), "-lcrypto"),
                "a C compiler and the headers of OpenSSL are needed (libssl-dev in Debian and Ubuntu)");
    }

    /**
     * Runs a program.
     *
     * @param need what to say when it does not start or fails
     * @return what it printed
     */
    static String run(List<String> words, String need) throws IOException, InterruptedException, SkippedException {
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new SkippedException(need + ": " + e.getMessage());
        }
        String output;
        try (var in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (process.waitFor() != 0) {
            throw new SkippedException(need + ": " + output.lines().findFirst().orElse("it failed without a word"));
        }
        return output;
    }
}
