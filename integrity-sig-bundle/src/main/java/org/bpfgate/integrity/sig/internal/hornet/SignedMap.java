package org.bpfgate.integrity.sig.internal.hornet;

import java.util.Arrays;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Tag;

/** One entry of the Hornet attribute. Immutable. */
final class SignedMap {
    /** Bytes in a SHA-256 digest, the only one that the kernel computes over maps. */
    private static final int HASH_SIZE = 32;

    private final int index;
    private final boolean empty;
    private final byte[] hash;

    private SignedMap(int index, byte[] hash) {
        this.index = index;
        this.empty = hash.length == 0;
        this.hash = Arrays.copyOf(hash, HASH_SIZE);
    }

    /** Reads an entry of the newest schema, a SEQUENCE of one OCTET STRING. */
    static SignedMap read(Element entry) throws BerException {
        BerReader fields = entry.children();
        if (fields.isNext(Tag.INTEGER)) {
            throw entry.fault("a map has an index, as in the older schema hornet-v7");
        }
        return new SignedMap(0, hash(fields));
    }

    /** Reads an entry of the schema of version 7, with an INTEGER of one byte before the OCTET STRING. */
    static SignedMap readIndexed(Element entry) throws BerException {
        BerReader fields = entry.children();
        if (fields.isNext(Tag.OCTET_STRING)) {
            throw entry.fault("a map has no index, as in the newer schema hornet");
        }
        Element index = fields.next(Tag.INTEGER, "the index of a map");
        if (index.length() != 1) {
            throw index.fault("the index of a map has " + index.length() + " bytes, not 1");
        }
        return new SignedMap(index.byteAt(0), hash(fields));
    }

    private static byte[] hash(BerReader fields) throws BerException {
        Element hash = fields.next(Tag.OCTET_STRING, "the hash of a map");
        fields.end("the hash of a map");
        if (hash.length() != HASH_SIZE && hash.length() != 0) {
            throw hash.fault("the hash of a map has " + hash.length() + " bytes, not " + HASH_SIZE);
        }
        return hash.content();
    }

    /** Returns the place of the map in the array of file descriptors, 0 to 255; 0 in the newest schema. */
    int index() {
        return index;
    }

    /**
     * Returns whether the hash has no bytes. Version 7 skips such a map; the newest version takes it as 32 zero bytes, which
     * no map hashes to.
     */
    boolean isEmpty() {
        return empty;
    }

    /** Returns whether a map of that hash is meant. */
    boolean matches(byte[] sha256) {
        return Arrays.equals(hash, sha256);
    }
}
