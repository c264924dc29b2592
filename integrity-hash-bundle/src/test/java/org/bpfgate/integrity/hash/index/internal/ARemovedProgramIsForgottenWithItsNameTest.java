package org.bpfgate.integrity.hash.index.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.program.ProgramType.XDP;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.bpfgate.program.ProgramDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ARemovedProgramIsForgottenWithItsNameTest {
    private static final ProgramDigest FIRST = ProgramDigest.parse("01".repeat(32));
    private static final ProgramDigest SECOND = ProgramDigest.parse("02".repeat(32));
    private static final ProgramDigest ONLY = ProgramDigest.parse("ff".repeat(32));

    @TempDir
    private Path directory;

    @Test
    void itsNameStaysWhileAnotherDigestHasIt() throws IOException, IndexException {
        Path file = directory.resolve("index");
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.add(FIRST, "count", XDP);
            builder.add(SECOND, "count", XDP);
            builder.add(ONLY, "other", XDP);
            builder.remove(FIRST);
            builder.remove(ONLY);
            write(builder);
        }
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(index.contains(FIRST)).isFalse();
        assertThat(index.containsName("count", XDP)).isTrue();
        assertThat(index.containsName("other", XDP)).isFalse();
    }

    @Test
    void itsNameGoesWithTheLastDigest() throws IOException, IndexException {
        Path file = directory.resolve("index");
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.add(FIRST, "count", XDP);
            write(builder);
        }
        CompiledIndex before = CompiledIndex.open(file);
        assertThat(before.containsName("count", XDP)).isTrue();
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.addAll(before);
            builder.remove(FIRST);
            write(builder);
        }
        assertThat(CompiledIndex.open(file).containsName("count", XDP)).isFalse();
        assertThat(before.containsName("count", XDP)).as("mapped before").isTrue();
    }

    private static void write(IndexBuilder builder) throws IOException {
        builder.write(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    }
}
