package org.bpfgate.integrity.hash.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.program.ProgramType.XDP;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.bpfgate.allowlist.ListSelection;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
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
            builder.add(FIRST, "count", XDP, null);
            builder.add(SECOND, "count", XDP, null);
            builder.add(ONLY, "other", XDP, null);
            builder.remove(ListSelection.of(FIRST));
            builder.remove(ListSelection.of(ONLY));
            write(builder);
        }
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(index.contains(FIRST)).isFalse();
        assertThat(index.namesake("count", XDP)).isEqualTo(NameMatch.WHOLE);
        assertThat(index.namesake("other", XDP)).isEqualTo(NameMatch.NONE);
    }

    @Test
    void itsNameGoesWithTheLastDigest() throws IOException, IndexException {
        Path file = directory.resolve("index");
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.add(FIRST, "count", XDP, null);
            write(builder);
        }
        CompiledIndex before = CompiledIndex.open(file);
        assertThat(before.namesake("count", XDP)).isEqualTo(NameMatch.WHOLE);
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.addAll(before);
            builder.remove(ListSelection.of(FIRST));
            write(builder);
        }
        assertThat(CompiledIndex.open(file).namesake("count", XDP)).isEqualTo(NameMatch.NONE);
        assertThat(before.namesake("count", XDP)).as("mapped before").isEqualTo(NameMatch.WHOLE);
    }

    private static void write(IndexBuilder builder) throws IOException {
        builder.write(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    }
}
