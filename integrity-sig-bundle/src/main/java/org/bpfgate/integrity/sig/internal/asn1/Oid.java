package org.bpfgate.integrity.sig.internal.asn1;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An object identifier, as the content bytes of its encoding. It is compared in that form only: arcs may be longer than
 * any integer type (the one of the Hornet attribute has 128 bits).
 */
public final class Oid {
    private final byte[] content;

    private Oid(byte[] content) {
        this.content = content;
    }

    /**
     * Names an identifier.
     *
     * @param hex the content bytes in hexadecimal digits
     */
    public static Oid of(String hex) {
        return new Oid(HexFormat.of().parseHex(hex));
    }

    /** The identifier that an OBJECT IDENTIFIER element holds. */
    public static Oid of(Element element) {
        return new Oid(element.content());
    }

    /** Returns a copy of the content bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** Returns the content bytes in lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(content);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Oid oid && Arrays.equals(content, oid.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Returns the dotted form for people; arcs of more than 62 bits are left as hexadecimal content bytes. */
    @Override
    public String toString() {
        StringBuilder dotted = new StringBuilder();
        long arc = 0;
        for (byte b : content) {
            if (arc >= 1L << 55) {
                return hex();
            }
            arc = arc << 7 | (b & 0x7f);
            if (b >= 0) {
                append(dotted, arc);
                arc = 0;
            }
        }
        return dotted.toString();
    }

    /** The first number carries two arcs, 40 times the first plus the second (X.690, 8.19.4). */
    private static void append(StringBuilder dotted, long arc) {
        if (!dotted.isEmpty()) {
            dotted.append('.').append(arc);
        } else {
            long first = Math.min(arc / 40, 2);
            dotted.append(first).append('.').append(arc - 40 * first);
        }
    }
}
