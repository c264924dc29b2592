package org.bpfgate.integrity.sig.pkcs7.internal;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.sig.x509.internal.DigestAlgorithm;
import org.bpfgate.program.Instructions;
import org.jspecify.annotations.Nullable;

/**
 * What a signature covers, in pieces that are neither copied nor joined as long as only their digest is asked for. It is
 * digested once per algorithm, however many signers a message has. Used by one thread.
 */
public final class Content {
    private final @Nullable Instructions instructions;
    private final List<byte[]> more;
    private final Map<DigestAlgorithm, byte[]> digests = new EnumMap<>(DigestAlgorithm.class);
    private byte @Nullable [] joined;

    private Content(@Nullable Instructions instructions, List<byte[]> more) {
        this.instructions = instructions;
        this.more = List.copyOf(more);
    }

    /**
     * Plain bytes.
     *
     * @param bytes not copied; must not change while a message is judged
     */
    public static Content of(byte[] bytes) {
        Content content = new Content(null, List.of(bytes));
        content.joined = bytes;
        return content;
    }

    /**
     * A program, and what else is signed with it.
     *
     * @param instructions the program
     * @param maps the value areas of maps, in the order in which they are signed; as {@link #of(byte[])}
     */
    public static Content of(Instructions instructions, List<byte[]> maps) {
        return new Content(instructions, maps);
    }

    /** Returns the digest; shared, and not to be written to. */
    public byte[] digest(DigestAlgorithm algorithm) {
        return digests.computeIfAbsent(algorithm, this::compute);
    }

    /** Returns the pieces as one; shared, and not to be written to. */
    public byte[] bytes() {
        byte[] known = joined;
        if (known == null) {
            known = join();
            joined = known;
        }
        return known;
    }

    private byte[] compute(DigestAlgorithm algorithm) {
        MessageDigest sink = algorithm.newDigest();
        if (instructions != null) {
            instructions.update(sink);
        }
        for (byte[] piece : more) {
            sink.update(piece);
        }
        return sink.digest();
    }

    private byte[] join() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (instructions != null) {
            out.writeBytes(instructions.toByteArray());
        }
        more.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
