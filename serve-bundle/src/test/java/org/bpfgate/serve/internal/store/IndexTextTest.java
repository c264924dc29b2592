package org.bpfgate.serve.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read again; a damaged index is one error. */
class IndexTextTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final Source STORED =
            new Source("org.example.a", "1.2.0", DIGEST, "CN=\"Vendor\"", Instant.parse("2026-01-02T03:04:05Z"), 0, 17);
    private static final Source SHIPPED =
            new Source("org.bpfgate.a", "1.0.0", null, Source.DISTRIBUTION, Instant.EPOCH, 0, 0);
    private static final ModuleIndex INDEX = new ModuleIndex(
            Map.of(
                    "org.bpfgate.a",
                    new Slot("org.bpfgate.a", List.of("b", "a"), true, STORED, SHIPPED, null),
                    "org.example.c",
                    new Slot("org.example.c", List.of(), false, STORED, null, new Slot.Followed("c.jar", DIGEST))),
            Map.of("org.example.a", "1.2.0"));

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        assertThat(IndexText.read(IndexText.write(INDEX))).isEqualTo(INDEX);
        assertThat(IndexText.read(IndexText.write(ModuleIndex.EMPTY))).isEqualTo(ModuleIndex.EMPTY);
    }

    /** A file that ends early is never taken for a smaller index. */
    @Test
    void noTornIndexIsRead() throws Exception {
        byte[] text = IndexText.write(INDEX);
        for (int length = 0; length < text.length - 1; length++) {
            byte[] torn = Arrays.copyOf(text, length);
            if (!new String(torn, StandardCharsets.UTF_8).isBlank()) {
                assertThat(catchThrowableOfType(IOException.class, () -> IndexText.read(torn)))
                        .as("%d bytes", length)
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 1|\"version\" : 2|no \"version\" 1",
                "\"started\"|\"running\"|started or stopped",
                "0123456789abcdef|../../../etc/pa|64 hexadecimal digits",
                "2026-01-02T03|yesterday|yesterday",
                "\"pid\" : 17|\"pid\" : \"x\"|\"pid\" is a number",
                "\"slots\"|\"slot\"|\"slots\" is a list",
                "\"1.2.0\"|\"one\"|one"
            })
    void aWrongIndexIsOneError(String right, String wrong, String message) throws Exception {
        Path file = directory.resolve("index.json");
        Files.writeString(file, new String(IndexText.write(INDEX), StandardCharsets.UTF_8).replace(right, wrong));
        IOException fault =
                catchThrowableOfType(IOException.class, () -> new IndexFile(directory, new StoreFiles()).read());
        assertThat(fault).hasMessageContaining(message).hasMessageContaining(file.toString());
        assertThat(fault.getMessage()).contains("take it from a backup").doesNotContain("\n");
    }

    @Test
    void noFileIsAnEmptyIndex() throws Exception {
        assertThat(new IndexFile(directory, new StoreFiles()).read()).isEqualTo(ModuleIndex.EMPTY);
    }

    @Test
    void anEmptyFileIsDamaged() throws Exception {
        Files.createFile(directory.resolve("index.json"));
        assertThat(catchThrowableOfType(IOException.class, () -> new IndexFile(directory, new StoreFiles()).read()))
                .isNotNull();
    }
}
