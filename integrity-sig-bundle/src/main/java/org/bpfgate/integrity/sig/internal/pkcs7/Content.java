package org.bpfgate.integrity.sig.internal.pkcs7;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
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

    /**
     * Returns whether the content begins like a SET of attributes. A signature over attributes is one over these bytes too,
     * so that the attributes of one message could be sent as the content of another (IACR ePrint 2023/1801). No program
     * begins so: 0x31 is no opcode. No text does: it has no control character 0x06 among its first bytes.
     */
    boolean beginsLikeAttributes() {
        byte[] start = bytes();
        int attribute = behindHeader(start, 0, Tag.SET);
        int type = attribute < 0 ? -1 : behindHeader(start, attribute, Tag.SEQUENCE);
        return type >= 0 && type < start.length && start[type] == Tag.OBJECT_IDENTIFIER;
    }

    private static int behindHeader(byte[] bytes, int at, int tag) {
        if (at + 1 >= bytes.length || bytes[at] != tag) {
            return -1;
        }
        int length = bytes[at + 1] & 0xff;
        return at + 2 + (length > 0x80 ? length - 0x80 : 0);
    }

    private byte[] compute(DigestAlgorithm algorithm) {
        if (instructions != null && more.isEmpty() && algorithm == DigestAlgorithm.SHA256) {
            return instructions.sha256();
        }
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
