package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** C programs that call bpf(2) themselves. */
final class Client {
    private Client() {}

    /** Compiles one of the test resources; skips the tests of who asks where that cannot be, or where nobody may load programs. */
    static String compiled(String source, Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gcc")), "gcc is not installed, which compiles the client");
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "loading programs takes root, and this is not root");
        Path copy = directory.resolve(source);
        try (InputStream in = Client.class.getResourceAsStream("/client/" + source)) {
            Files.copy(in, copy);
        }
        String client = directory.resolve("client").toString();
        int code = new ProcessBuilder("gcc", "-O2", "-pthread", "-o", client, copy.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).as("gcc").isZero();
        return client;
    }
}
