package org.bpfgate.integrity.hash.index.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnIndexFindsWhatItListsAndNothingElseTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 126, 127, 128, 254, 255, 20_000})
    void ofAnySize(int size) throws IOException, IndexException {
        List<ProgramDigest> listed = Digests.random(1, size);
        Path file = directory.resolve("list");
        Digests.write(file, listed);
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(index.header()).isEqualTo(new IndexHeader(size, size, size, Instant.EPOCH, Digests.UNTIL));
        assertThat(listed).allMatch(index::contains);
        assertThat(Digests.random(2, 1000)).noneMatch(index::contains);
        for (int i = 0; i < size; i++) {
            assertThat(index.containsName("p" + i, ProgramType.XDP)).isTrue();
        }
        assertThat(index.containsName("p0", ProgramType.KPROBE)).isFalse();
        assertThat(index.containsName("p" + size, ProgramType.XDP)).isFalse();
        assertOnlyFile(file);
    }

    /** Digests that differ in their last bytes only, where guessing places is of no use. */
    @Test
    void evenWhereDigestsAreNotSpread() throws IOException, IndexException {
        List<ProgramDigest> even = new ArrayList<>();
        List<ProgramDigest> odd = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            (i % 2 == 0 ? even : odd).add(numbered(i));
        }
        Path file = directory.resolve("list");
        Digests.write(file, even);
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(even).allMatch(index::contains);
        assertThat(odd).noneMatch(index::contains);
    }

    private static ProgramDigest numbered(int number) {
        byte[] bytes = new byte[ProgramDigest.SIZE];
        bytes[0] = 1;
        bytes[30] = (byte) (number >> 8);
        bytes[31] = (byte) number;
        return ProgramDigest.of(bytes);
    }

    @Test
    void whateverIsListedTwiceCountsOnce() throws IOException {
        List<ProgramDigest> twice = new ArrayList<>(Digests.random(1, 500));
        twice.addAll(Digests.random(1, 500));
        assertThat(Digests.write(directory.resolve("list"), twice).digests()).isEqualTo(500);
    }

    @Test
    void mergedFromOthersLessWhatIsRemoved() throws IOException, IndexException {
        List<ProgramDigest> listed = Digests.random(1, 600);
        Digests.write(directory.resolve("a"), listed.subList(0, 400));
        Digests.write(directory.resolve("b"), listed.subList(200, 600));
        Path file = directory.resolve("a");
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.addAll(CompiledIndex.open(directory.resolve("a")));
            builder.addAll(CompiledIndex.open(directory.resolve("b")));
            builder.remove(listed.get(0));
            builder.remove(listed.get(599));
            // Either list names its own 400 digests by their place in it, p0 to p399; two digests went, with one name
            // each.
            assertThat(builder.write(Instant.EPOCH, Digests.UNTIL))
                    .isEqualTo(new IndexHeader(598, 798, 400, Instant.EPOCH, Digests.UNTIL));
        }
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(listed.subList(1, 599)).allMatch(index::contains);
        assertThat(index.contains(listed.get(0))).isFalse();
        assertThat(index.contains(listed.get(599))).isFalse();
    }

    /** So many that two bytes of each are not stored, and that more than one run is sorted. */
    @Test
    void ofMoreThanAMillion() throws IOException, IndexException {
        List<ProgramDigest> listed = Digests.random(3, 1_100_000);
        Path file = directory.resolve("list");
        try (IndexBuilder builder = new IndexBuilder(file)) {
            for (ProgramDigest digest : listed) {
                builder.add(digest);
            }
            Digests.write(builder);
        }
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(index.header().entryLayout().dropped()).isEqualTo(2);
        assertThat(listed.stream().allMatch(index::contains)).isTrue();
        assertThat(Digests.random(4, 100_000).stream().noneMatch(index::contains))
                .isTrue();
        assertThat(Files.size(file) / (double) listed.size())
                .as("bytes per entry")
                .isLessThan(33);
        assertOnlyFile(file);
    }

    @Test
    void mergedWithItselfItStaysAsItIs() throws IOException, IndexException {
        Path file = directory.resolve("list");
        Digests.write(file, Digests.random(1, 5000));
        byte[] before = Files.readAllBytes(file);
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.addAll(CompiledIndex.open(file));
            builder.addAll(CompiledIndex.open(file));
            Digests.write(builder);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void underEachOfItsNames() throws IOException, IndexException {
        ProgramDigest digest = numbered(1);
        Path file = directory.resolve("list");
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.add(digest, "one", ProgramType.XDP);
            builder.add(digest);
            builder.add(digest, "other", ProgramType.KPROBE);
            builder.add(digest, "one", ProgramType.XDP);
            assertThat(Digests.write(builder))
                    .as("the digest without a name says nothing more")
                    .isEqualTo(new IndexHeader(1, 2, 2, Instant.EPOCH, Digests.UNTIL));
        }
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(index.contains(digest)).isTrue();
        assertThat(index.containsName("one", ProgramType.XDP)).isTrue();
        assertThat(index.containsName("other", ProgramType.KPROBE)).isTrue();
        assertThat(index.containsName("one", ProgramType.KPROBE)).isFalse();
    }

    @Test
    void comparedByDigestsWhateverTheirNames() throws IOException {
        ProgramDigest both = numbered(1);
        ProgramDigest gone = numbered(2);
        ProgramDigest come = numbered(3);
        List<ProgramDigest> removed = new ArrayList<>();
        List<ProgramDigest> added = new ArrayList<>();
        try (IndexBuilder before = new IndexBuilder(directory.resolve("before"));
                IndexBuilder after = new IndexBuilder(directory.resolve("after"))) {
            before.add(both, "one", ProgramType.XDP);
            before.add(both, "other", ProgramType.XDP);
            before.add(gone, "one", ProgramType.XDP);
            before.add(gone, "other", ProgramType.XDP);
            after.add(both);
            after.add(come, "one", ProgramType.XDP);
            after.add(come, "other", ProgramType.XDP);
            IndexComparison.compare(before, after, removed::add, added::add);
        }
        assertThat(removed).containsExactly(gone);
        assertThat(added).containsExactly(come);
    }

    private void assertOnlyFile(Path file) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("no temporary file is left").containsExactly(file);
        }
    }
}
