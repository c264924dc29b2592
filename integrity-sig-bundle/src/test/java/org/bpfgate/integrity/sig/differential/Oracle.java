package org.bpfgate.integrity.sig.differential;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Asks OpenSSL's CMS_verify(), through a C program that is compiled for the purpose. */
public final class Oracle {
    /** What the program says of a message that verifies. */
    public static final String GOOD = "good";

    private final Path program;
    private final Path certificates;
    private final Path cases;

    private Oracle(Path directory, Path certificates) {
        this.program = directory.resolve("cms_oracle");
        this.certificates = certificates;
        this.cases = directory.resolve("cases");
    }

    /**
     * Compiles the program. The test is skipped where there is no C compiler or no header of OpenSSL.
     *
     * @param directory for its files
     * @param certificates those that are trusted, PEM
     */
    public static Oracle compile(Path directory, Path certificates) throws IOException, InterruptedException {
        Oracle oracle = new Oracle(directory, certificates);
        Path source = Path.of("src/test/c/cms_oracle.c").toAbsolutePath();
        try {
            Process cc = start(List.of("cc", "-O1", "-o", oracle.program.toString(), source.toString(), "-lcrypto"));
            String output = output(cc);
            Assumptions.assumeTrue(cc.waitFor() == 0, () -> "libssl-dev is not installed: " + output);
        } catch (IOException e) {
            Assumptions.abort("no C compiler is installed: " + e.getMessage());
        }
        return oracle;
    }

    /** Returns {@link #GOOD}, or OpenSSL's reason, for each case. */
    public List<String> ask(List<Case> asked) throws IOException, InterruptedException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(cases)))) {
            for (Case each : asked) {
                out.writeInt(each.message().length);
                out.writeInt(each.content().length);
                out.write(each.message());
                out.write(each.content());
            }
        }
        Process process = start(List.of(program.toString(), certificates.toString(), cases.toString()));
        List<String> answers = output(process).lines().toList();
        if (process.waitFor() != 0 || answers.size() != asked.size()) {
            throw new AssertionError(
                    "the oracle failed: " + answers.subList(Math.max(0, answers.size() - 1), answers.size()));
        }
        return answers;
    }

    private static Process start(List<String> words) throws IOException {
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        try (var in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
