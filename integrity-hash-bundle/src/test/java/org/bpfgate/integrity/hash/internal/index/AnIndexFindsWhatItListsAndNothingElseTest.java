package org.bpfgate.integrity.hash.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfgate.allowlist.ListSelection;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.allowlist.ListedKind;
import org.bpfgate.integrity.hash.internal.record.IndexEntry;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
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
        assertThat(index.header()).isEqualTo(Digests.header(size, size, size, 0));
        assertThat(listed).allMatch(index::contains);
        assertThat(Digests.random(2, 1000)).noneMatch(index::contains);
        for (int i = 0; i < size; i++) {
            assertThat(index.namesake("p" + i, ProgramType.XDP)).isEqualTo(NameMatch.WHOLE);
        }
        assertThat(index.namesake("p0", ProgramType.KPROBE)).isEqualTo(NameMatch.NONE);
        assertThat(index.namesake("p" + size, ProgramType.XDP)).isEqualTo(NameMatch.NONE);
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
            builder.remove(ListSelection.of(listed.get(0)));
            builder.remove(ListSelection.of(listed.get(599)));
            // Either list names its own 400 digests by their place in it, p0 to p399; two digests went, with one name
            // each.
            assertThat(builder.write(Instant.EPOCH, Digests.UNTIL)).isEqualTo(Digests.header(598, 798, 400, 0));
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
            builder.add(digest, "one", ProgramType.XDP, null);
            builder.add(digest);
            builder.add(digest, "other", ProgramType.KPROBE, null);
            builder.add(digest, "one", ProgramType.XDP, null);
            assertThat(Digests.write(builder))
                    .as("the entry without a type counts for more than the others")
                    .isEqualTo(Digests.header(1, 3, 2, 1));
        }
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(index.contains(digest)).isTrue();
        assertThat(index.namesake("one", ProgramType.XDP)).isEqualTo(NameMatch.WHOLE);
        assertThat(index.namesake("other", ProgramType.KPROBE)).isEqualTo(NameMatch.WHOLE);
        assertThat(index.namesake("one", ProgramType.KPROBE)).isEqualTo(NameMatch.NONE);
    }

    @Test
    void comparedByWhatTheyCountForWhateverTheirNames() throws IOException {
        ProgramDigest both = numbered(1);
        ProgramDigest gone = numbered(2);
        ProgramDigest come = numbered(3);
        List<ListedKind> removed = new ArrayList<>();
        List<ListedKind> added = new ArrayList<>();
        try (IndexBuilder before = new IndexBuilder(directory.resolve("before"));
                IndexBuilder after = new IndexBuilder(directory.resolve("after"))) {
            before.add(both, "one", ProgramType.XDP, null);
            before.add(both, "other", ProgramType.XDP, null);
            before.add(gone, "one", ProgramType.XDP, null);
            before.add(gone, "other", ProgramType.XDP, null);
            after.add(both, "third", ProgramType.XDP, null);
            after.add(both, "third", ProgramType.XDP, ListedAttach.of(37));
            after.add(come);
            IndexComparison.compare(before, after, removed::add, added::add);
        }
        assertThat(removed).containsExactly(new ListedKind(gone, "xdp", null));
        assertThat(added).containsExactly(new ListedKind(both, "xdp", "xdp"), new ListedKind(come, null, null));
    }

    @Test
    void removedByTypeAndWayOfAttaching() throws IOException, IndexException {
        ProgramDigest digest = numbered(1);
        ListedAttach target = new ListedAttach(24, Optional.of("do_unlinkat"));
        Path file = directory.resolve("list");
        try (IndexBuilder builder = new IndexBuilder(file)) {
            builder.add(digest);
            builder.add(digest, "one", ProgramType.XDP, null);
            builder.add(digest, "one", ProgramType.TRACING, ListedAttach.of(24));
            builder.add(digest, "one", ProgramType.TRACING, target);
            builder.add(digest, "one", ProgramType.TRACING, new ListedAttach(24, Optional.of("do_rmdir")));
            builder.remove(new ListSelection(digest, ProgramType.XDP, null));
            builder.remove(new ListSelection(digest, ProgramType.TRACING, target));
            Digests.write(builder);
        }
        List<IndexEntry> left = CompiledIndex.open(file).entries(digest);
        assertThat(left)
                .extracting(entry -> entry.type().label() + " " + entry.attach() + " " + entry.hasTarget("do_rmdir")
                        + " " + entry.hasTarget("do_unlinkat"))
                .containsExactlyInAnyOrder("unspec -1 true true", "tracing 24 true true", "tracing 24 true false");
    }

    @Test
    void byTheTagOfTheKernel() throws IOException, IndexException {
        List<ProgramDigest> listed = Digests.random(1, 2000);
        Path file = directory.resolve("list");
        Digests.write(file, listed);
        CompiledIndex index = CompiledIndex.open(file);
        for (ProgramDigest digest : listed.subList(0, 200)) {
            assertThat(index.tagged(Arrays.copyOf(digest.toByteArray(), 8))).containsExactly(digest);
        }
        for (ProgramDigest digest : Digests.random(2, 200)) {
            assertThat(index.tagged(Arrays.copyOf(digest.toByteArray(), 8))).isEmpty();
        }
    }

    /** What the version before this one wrote: its entries count for every type, and its names are known as kernels keep them. */
    @Test
    void evenOfVersion1() throws IOException, IndexException {
        Path file = directory.resolve("old");
        try (InputStream old = getClass().getResourceAsStream("version1.index")) {
            Files.copy(Objects.requireNonNull(old), file);
        }
        CompiledIndex index = CompiledIndex.open(file);
        assertThat(index.header().version()).isEqualTo(1);
        assertThat(index.header().untyped()).isEqualTo(3);
        assertOldEntries(index);
        Path merged = directory.resolve("merged");
        try (IndexBuilder builder = new IndexBuilder(merged)) {
            builder.addAll(index);
            assertThat(Digests.write(builder)).isEqualTo(Digests.header(3, 3, 2, 3));
        }
        assertOldEntries(CompiledIndex.open(merged));
    }

    private static void assertOldEntries(CompiledIndex index) {
        for (String digit : List.of("1", "2", "3")) {
            assertThat(index.entries(ProgramDigest.parse(digit.repeat(64))))
                    .extracting(IndexEntry::type)
                    .containsExactly(ProgramType.UNSPEC);
        }
        assertThat(index.namesake("count", ProgramType.XDP)).isEqualTo(NameMatch.WHOLE);
        assertThat(index.namesake("count", ProgramType.KPROBE)).isEqualTo(NameMatch.NONE);
        assertThat(index.namesake("filter_ingress_", ProgramType.XDP)).isEqualTo(NameMatch.WHOLE);
        assertThat(index.namesake("filter_ingress_traffic_v6", ProgramType.XDP)).isEqualTo(NameMatch.MAYBE_CUT);
    }

    private void assertOnlyFile(Path file) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("no temporary file is left").containsExactly(file);
        }
    }
}
