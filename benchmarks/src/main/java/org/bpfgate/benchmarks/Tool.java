package org.bpfgate.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs of the machine that the comparisons need. */
public final class Tool {
    private Tool() {}

    /** Returns a file of the project, such as the start script {@code bpfgate}. */
    public static Path ofProject(String file) {
        return Path.of(System.getProperty("bpfgate.root"), file);
    }

    /** Makes a key and a certificate that it signs itself. */
    public static void openssl(List<String> keyOptions, Path key, Path certificate)
            throws IOException, InterruptedException, SkippedException {
        List<String> words = new ArrayList<>(List.of("openssl", "req", "-x509", "-batch", "-nodes", "-sha256"));
        words.addAll(keyOptions);
        words.addAll(List.of("-subj", "/CN=benchmark", "-keyout", key.toString(), "-out", certificate.toString()));
        run(words, "openssl is needed to make keys");
    }

    /**
     * Compiles a C program of this module.
     *
     * @param source its file name
     * @param program where to put it
     * @param need what to say when it cannot be compiled
     * @param libraries options for the linker
     */
    public static void cc(String source, Path program, String need, String... libraries)
            throws IOException, InterruptedException, SkippedException {
        cc(ofProject("benchmarks/src/main/c/" + source), program, need, libraries);
    }

    /**
     * Compiles any C program.
     *
     * @param source the file
     * @param program where to put it
     * @param need what to say when it cannot be compiled
     * @param libraries options for the linker
     */
    public static void cc(Path source, Path program, String need, String... libraries)
            throws IOException, InterruptedException, SkippedException {
        List<String> words = new ArrayList<>(List.of("cc", "-O2", "-o", program.toString(), source.toString()));
        words.addAll(List.of(libraries));
        run(words, need);
    }

    /**
     * Runs a program.
     *
     * @param need what to say when it does not start or fails
     * @return what it printed
     */
    public static String run(List<String> words, String need)
            throws IOException, InterruptedException, SkippedException {
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
