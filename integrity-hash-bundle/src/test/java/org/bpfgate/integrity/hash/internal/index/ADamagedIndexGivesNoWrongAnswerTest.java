package org.bpfgate.integrity.hash.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ADamagedIndexGivesNoWrongAnswerTest {
    private static final List<ProgramDigest> LISTED = Digests.random(1, 140);

    /** Some in each block; asking for all takes half a minute. */
    private static final List<ProgramDigest> ASKED = LISTED.subList(0, 28);

    private static final List<ProgramDigest> OTHERS = Digests.random(2, 20);

    @TempDir
    private Path directory;

    private Path file;
    private byte[] good;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("list");
        Digests.write(file, LISTED);
        good = Files.readAllBytes(file);
    }

    @Test
    void withAnyByteFlipped() throws IOException {
        int refused = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int at = 0; at < good.length; at++) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (good[at] ^ (1 << (at % 8)))}), at);
                refused += refusals();
                channel.write(ByteBuffer.wrap(good, at, 1), at);
            }
        }
        assertThat(refused).as("each flip is found by some lookup").isGreaterThanOrEqualTo(good.length);
    }

    /** Asks for digests and names of every block; returns how often no answer was given. */
    private int refusals() {
        CompiledIndex index;
        try {
            index = CompiledIndex.open(file);
        } catch (IndexException e) {
            return 1;
        }
        int refused = 0;
        for (ProgramDigest digest : ASKED) {
            refused += exact(() -> index.contains(digest), true);
        }
        for (ProgramDigest digest : OTHERS) {
            refused += exact(() -> index.contains(digest), false);
        }
        for (int i = 0; i < LISTED.size(); i += 5) {
            String name = "p" + i;
            refused += exact(() -> index.namesake(name, ProgramType.XDP) == NameMatch.WHOLE, true);
        }
        assertThat(refused)
                .as("every flip is in a block that some lookup needs")
                .isPositive();
        return refused;
    }

    /** A lookup. */
    private interface Lookup {
        boolean answer();
    }

    private static int exact(Lookup lookup, boolean expected) {
        boolean answer;
        try {
            answer = lookup.answer();
        } catch (DamagedIndexException e) {
            return 1;
        }
        if (answer != expected) {
            throw new AssertionError("a wrong answer");
        }
        return 0;
    }

    @Test
    void ofAnyOtherLength() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int length = good.length - 1; length >= 0; length--) {
                channel.truncate(length);
                assertThatThrownBy(() -> CompiledIndex.open(file)).isInstanceOf(IndexException.class);
            }
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertThatThrownBy(() -> CompiledIndex.open(file))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("but its header tells " + good.length);
    }

    @Test
    void whoseBlocksChangedPlaces() throws IOException, IndexException {
        byte[] bad = good.clone();
        int records = (int) CompiledIndex.open(file).header().entryLayout().recordBlock() * Block.SIZE;
        System.arraycopy(good, records, bad, records + Block.SIZE, Block.SIZE);
        Files.write(file, bad);
        CompiledIndex index = CompiledIndex.open(file);
        ProgramDigest last = LISTED.stream().max(ProgramDigest::compareTo).orElseThrow();
        assertThatThrownBy(() -> index.contains(last))
                .isInstanceOf(DamagedIndexException.class)
                .hasMessage(file + ": is damaged: block 6 does not have its checksum");
    }

    @Test
    void cutShortWhileItIsMapped() throws IOException, IndexException {
        CompiledIndex index = CompiledIndex.open(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        assertThatThrownBy(() -> index.contains(LISTED.getFirst()))
                .isInstanceOf(DamagedIndexException.class)
                .hasMessage(file + ": is damaged: the file was cut short in place");
    }

    /** So many lookups that they are compiled, and all blocks are known to be good. */
    @Test
    void cutShortAfterManyLookups() throws IOException, IndexException {
        CompiledIndex index = CompiledIndex.open(file);
        for (int i = 0; i < 300_000; i++) {
            if (!index.contains(LISTED.get(i % LISTED.size()))) {
                throw new AssertionError("a wrong answer");
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        for (int i = 0; i < 1000; i++) {
            ProgramDigest digest = LISTED.get(i % LISTED.size());
            assertThatThrownBy(() -> index.contains(digest)).isInstanceOf(DamagedIndexException.class);
        }
    }

    @Test
    void replacedWhileItIsMappedItStaysAsItWas() throws IOException, IndexException {
        CompiledIndex index = CompiledIndex.open(file);
        Digests.write(file, OTHERS);
        assertThat(LISTED).allMatch(index::contains);
        assertThat(OTHERS).noneMatch(index::contains);
        assertThat(OTHERS).allMatch(CompiledIndex.open(file)::contains);
    }
}
