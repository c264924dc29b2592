package org.bpfgate.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The BPF objects that Debian's package libxdp1 installs: programs that we did not compile. */
public final class Libxdp {
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private Libxdp() {}

    /** Skips the test where the package is not installed. */
    public static void require() {
        Requires.that(find().isPresent(), "the Debian package libxdp1 is not installed (" + LIBRARIES + "/*/bpf)");
    }

    /** The directory of the objects, which is named after the architecture. */
    public static Path directory() {
        return find().orElseThrow();
    }

    /** One of the objects. */
    public static Path object(String name) {
        return directory().resolve(name);
    }

    /** All of the objects, sorted. */
    public static List<Path> objects() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".o")).sorted().toList();
        }
    }

    private static Optional<Path> find() {
        try (Stream<Path> directories = Files.list(LIBRARIES)) {
            return directories
                    .map(directory -> directory.resolve("bpf"))
                    .filter(bpf -> Files.exists(bpf.resolve("xdp-dispatcher.o")))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
