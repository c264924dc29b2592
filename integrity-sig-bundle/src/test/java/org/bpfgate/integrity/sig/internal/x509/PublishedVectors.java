package org.bpfgate.integrity.sig.internal.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The test vectors that Debian's package python3-cryptography-vectors installs: NIST's for signatures, and its certificates
 * for path validation, PKITS. The system property {@code bpfgate.vectors} names another directory.
 */
final class PublishedVectors {
    private static final String INSTALLED = "/usr/lib/python3/dist-packages/cryptography_vectors";

    private PublishedVectors() {}

    /** Returns a file or directory of the package; the test is skipped where it is not installed. */
    static Path path(String name) {
        Path path = Path.of(System.getProperty("bpfgate.vectors", INSTALLED)).resolve(name);
        Assumptions.assumeTrue(
                Files.exists(path), () -> "python3-cryptography-vectors is not installed: " + path + " is missing");
        return path;
    }

    /**
     * Reads a response file of NIST's: a case is a row of lines {@code name = value} up to an empty line.
     *
     * @return the cases that have a result, each with the values of the last section header before it under "[]", and with
     *     what was given before and holds on ("n" of RSA)
     */
    static List<Map<String, String>> cases(Path file) throws IOException {
        List<Map<String, String>> cases = new ArrayList<>();
        Map<String, String> known = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (text.startsWith("[")) {
                known.put("[]", text);
            } else if (equals > 0 && !text.startsWith("#")) {
                String name = text.substring(0, equals).strip();
                known.put(name, text.substring(equals + 1).strip());
                if (name.equals("Result")) {
                    cases.add(Map.copyOf(known));
                }
            }
        }
        return cases;
    }
}
