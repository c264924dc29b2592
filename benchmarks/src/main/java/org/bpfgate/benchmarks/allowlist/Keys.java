package org.bpfgate.benchmarks.allowlist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bpfgate.program.ProgramDigest;

/** Digests by number: spread evenly as those of a hash function are, but made faster. */
final class Keys {
    private Keys() {}

    /** Returns the digest with this number; different numbers have different digests, but for collisions that nobody meets. */
    static ProgramDigest digest(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(ProgramDigest.SIZE);
        for (long word = 0; word < ProgramDigest.SIZE / Long.BYTES; word++) {
            bytes.putLong(mixed(number * 4 + word));
        }
        return ProgramDigest.of(bytes.array());
    }

    /** The output function of SplitMix64 (Steele, Lea, Flood, 2014), a bijection that spreads consecutive numbers. */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Writes a text list of the first digests in the order of their numbers, which is no order of the digests. */
    static void writeList(Path file, long count) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long i = 0; i < count; i++) {
                out.write((digest(i).hex() + "  p\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Returns what lookups ask for: listed and unlisted digests in turn, in no order. */
    static ProgramDigest[] questions(int questions, long count, long seed) {
        Random random = new Random(seed);
        ProgramDigest[] asked = new ProgramDigest[questions];
        for (int i = 0; i < questions; i++) {
            asked[i] = digest(random.nextLong(count) + (isListed(i) ? 0 : count));
        }
        return asked;
    }

    /** Returns whether the question with this index is about a listed digest. */
    static boolean isListed(int question) {
        return question % 2 == 0;
    }
}
