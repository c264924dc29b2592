package org.bpfgate.integrity.hash.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.integrity.hash.internal.record.EntryFacts;
import org.bpfgate.integrity.hash.internal.record.NameKey;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files with right checksums that no writer of an index makes. Whoever can write a list can list anything; but that is all. */
@Timeout(60)
class AForgedIndexIsRefusedOrEndsInAnAnswerTest {
    private static final List<ProgramDigest> LISTED = Digests.random(1, 3000);
    private static final List<ProgramDigest> OTHERS = Digests.random(2, 3000);

    @TempDir
    private Path directory;

    private Path file;
    private ByteBuffer bytes;
    private TableLayout entries;
    private TableLayout facts;
    private int records;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("list");
        IndexHeader header = Digests.write(file, LISTED);
        bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        entries = header.entryLayout();
        facts = header.factLayout();
        records = (int) entries.recordBlock() * Block.SIZE;
        assertThat(entries.dropped())
                .as("digests are stored without their first byte")
                .isEqualTo(1);
    }

    @Test
    void whoseRecordsStandInTheOtherOrder() throws IOException, IndexException {
        byte[] one = new byte[entries.recordBytes()];
        byte[] other = one.clone();
        int last = entries.recordsPerBlock() - 1;
        for (int i = 0; i < entries.recordsPerBlock() / 2; i++) {
            bytes.get(records + i * one.length, one).get(records + (last - i) * one.length, other);
            bytes.put(records + i * one.length, other).put(records + (last - i) * one.length, one);
        }
        assertNothingElseIsFound();
        assertMergeFails("its digests are not in ascending order");
    }

    @Test
    void whoseBucketsBeginInTheOtherOrder() throws IOException, IndexException {
        for (int bucket = 0; bucket <= entries.buckets(); bucket++) {
            setStart(bucket, (int) entries.count() * (entries.buckets() - bucket) / entries.buckets());
        }
        assertNothingElseIsFound();
        assertMergeFails("its digests are not in ascending order");
    }

    @Test
    void whoseBucketsAllHoldEverything() throws IOException, IndexException {
        for (int bucket = 1; bucket < entries.buckets(); bucket++) {
            setStart(bucket, bucket % 2 == 0 ? 0 : (int) entries.count());
        }
        assertNothingElseIsFound();
    }

    @Test
    void whoseBucketsBeginBehindTheEnd() throws IOException, IndexException {
        for (int bucket = 0; bucket <= entries.buckets(); bucket++) {
            setStart(bucket, bucket % 2 == 0 ? -1 : (int) entries.count() + 1);
        }
        CompiledIndex index = open();
        assertThat(OTHERS)
                .allSatisfy(digest -> assertThatThrownBy(() -> index.contains(digest))
                        .isInstanceOf(DamagedIndexException.class)
                        .hasMessage(file + ": is damaged: its directory points behind its end"));
        assertMergeFails("its directory points behind its end");
    }

    @Test
    void whoseNamesHaveNumbersThatDoNotExist() throws IOException, IndexException {
        bytes.putShort(records + entries.storedBytes(), (short) -1);
        CompiledIndex index = open();
        assertThat(LISTED).allMatch(index::contains);
        assertThat(LISTED)
                .anySatisfy(digest -> assertThatThrownBy(() -> index.entries(digest))
                        .isInstanceOf(DamagedIndexException.class)
                        .hasMessage(file + ": is damaged: it refers to facts that it does not have"));
        assertMergeFails("it refers to facts that it does not have");
    }

    /** The number of the type that the first facts tell is one that no kernel has. */
    @Test
    void whoseTypesDoNotExist() throws IOException, IndexException {
        int first = (int) facts.recordBlock() * Block.SIZE;
        for (int i = 0; i < facts.recordsPerBlock(); i++) {
            bytes.put(first + i * EntryFacts.SIZE + NameKey.SIZE, (byte) -1);
        }
        CompiledIndex index = open();
        assertThat(LISTED).allMatch(index::contains);
        assertThat(LISTED)
                .anySatisfy(digest -> assertThatThrownBy(() -> index.entries(digest))
                        .isInstanceOf(DamagedIndexException.class)
                        .hasMessage(file + ": is damaged: it has a type of programs that this version does not know"));
    }

    private void setStart(int bucket, int record) {
        int block = (int) entries.firstBlock() + bucket / Directory.PER_BLOCK;
        bytes.putInt(block * Block.SIZE + bucket % Directory.PER_BLOCK * Integer.BYTES, record);
    }

    private CompiledIndex open() throws IOException, IndexException {
        for (int block = 0; block < bytes.capacity() / Block.SIZE; block++) {
            Block.seal(bytes, block * Block.SIZE, block);
        }
        Files.write(file, bytes.array());
        return CompiledIndex.open(file);
    }

    private void assertNothingElseIsFound() throws IOException, IndexException {
        CompiledIndex index = open();
        LISTED.forEach(index::contains);
        assertThat(OTHERS).noneMatch(index::contains);
        assertThat(index.namesake("p1", ProgramType.XDP)).isEqualTo(NameMatch.WHOLE);
    }

    private void assertMergeFails(String why) throws IOException, IndexException {
        try (IndexBuilder builder = new IndexBuilder(directory.resolve("merged"))) {
            builder.addAll(open());
            assertThatThrownBy(() -> Digests.write(builder))
                    .isInstanceOf(DamagedIndexException.class)
                    .hasMessage(file + ": is damaged: " + why);
        }
        assertThat(directory.resolve("merged")).doesNotExist();
    }
}
