package org.bpfgate.integrity.hash.internal.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/** Digests and indexes of the tests. */
final class Digests {
    static final Instant UNTIL = Instant.ofEpochSecond(4_000_000_000L);

    private Digests() {}

    static List<ProgramDigest> random(long seed, int count) {
        Random random = new Random(seed);
        List<ProgramDigest> digests = new ArrayList<>();
        byte[] bytes = new byte[ProgramDigest.SIZE];
        for (int i = 0; i < count; i++) {
            random.nextBytes(bytes);
            digests.add(ProgramDigest.of(bytes));
        }
        return digests;
    }

    /** Writes an index in runs of 100 digests, so that sorting needs files; each program is called {@code pN} and is XDP. */
    static IndexHeader write(Path file, List<ProgramDigest> digests) throws IOException {
        try (IndexBuilder builder = new IndexBuilder(file, 100)) {
            for (int i = 0; i < digests.size(); i++) {
                builder.add(digests.get(i), "p" + i, ProgramType.XDP, null);
            }
            return write(builder);
        }
    }

    /** The header of an index that {@link #write} writes. */
    static IndexHeader header(long digests, long entries, long facts, long untyped) {
        return new IndexHeader(2, digests, entries, facts, untyped, Instant.EPOCH, UNTIL);
    }

    /** Writes what the builder has; it is valid until {@link #UNTIL}. */
    static IndexHeader write(IndexBuilder builder) throws IOException {
        return builder.write(Instant.EPOCH, UNTIL);
    }
}
