package org.bpfgate.serve.internal.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bpfgate.serve.internal.jar.ZipLayout.Entry;

/** Whatever an operator names: it is refused in one line, or all readers see the same entries. */
class AnyBytesAreAModuleOrOneErrorFuzzTest {
    private static final Path FILE = file();

    private static Path file() {
        try {
            return Files.createTempFile("fuzz", ".jar");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @FuzzTest
    void checks(byte[] jar) throws IOException {
        Files.write(FILE, jar);
        try {
            CheckedJar.check(FILE, ModuleTrust.read(FILE.resolveSibling("nobody")), Instant.EPOCH, true);
        } catch (JarException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return;
        }
        try (ZipFile zip = new ZipFile(FILE.toFile())) {
            assertThat(ZipLayout.check(FILE).stream().map(Entry::name))
                    .containsExactlyInAnyOrderElementsOf(
                            zip.stream().map(ZipEntry::getName).toList());
        } catch (JarException e) {
            throw new AssertionError("it was taken before", e);
        }
    }
}
