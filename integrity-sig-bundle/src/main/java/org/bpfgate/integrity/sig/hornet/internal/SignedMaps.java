package org.bpfgate.integrity.sig.hornet.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.asn1.internal.BerReader;
import org.bpfgate.integrity.sig.asn1.internal.Der;
import org.bpfgate.integrity.sig.asn1.internal.Element;
import org.bpfgate.integrity.sig.asn1.internal.Oid;
import org.bpfgate.integrity.sig.asn1.internal.Tag;

/**
 * The signed attribute of Hornet, newest schema: which maps the signature covers, as a SET of entries, each a SEQUENCE of
 * one OCTET STRING with the SHA-256 of a map's values.
 *
 * @param count of the entries
 * @param empty how many of them hold no hash: the kernel takes these as 32 zero bytes, which no map hashes to
 */
public record SignedMaps(int count, int empty) {
    /**
     * {@code OID_hornet_data}, 2.25 and the number of the UUID ee193de3-ae63-479a-ba8c-b169bfdded18.
     */
    public static final Oid TYPE = Oid.of("6983dc999ef8f5e69a9eb5bac6acad9bfef7da18");

    /** {@code MAX_USED_MAPS} of the kernel. */
    public static final int MAX = 64;

    /** Bytes in a SHA-256 digest, the only one that the kernel computes over maps. */
    private static final int HASH_SIZE = 32;

    /**
     * Reads the attribute.
     *
     * @param content of the attribute's value, without the value's own tag and length: as the kernel's attribute extractor
     *     hands it out
     * @throws BerException when it follows another schema (an index before the hash is the older one), a hash has another
     *     length, or there are more than {@value #MAX}
     */
    static SignedMaps read(byte[] content) throws BerException {
        int count = 0;
        int empty = 0;
        BerReader entries =
                new BerReader(content).next(Tag.SET, "the set of map hashes").children();
        while (entries.hasNext()) {
            Element hash = hash(entries.next(Tag.SEQUENCE, "the entry of a map"));
            if (++count > MAX) {
                throw new BerException("it has more than " + MAX + " map hashes");
            }
            empty += hash.length() == 0 ? 1 : 0;
        }
        return new SignedMaps(count, empty);
    }

    private static Element hash(Element entry) throws BerException {
        BerReader fields = entry.children();
        if (fields.isNext(Tag.INTEGER)) {
            throw entry.fault("a map has an index, as in the older schema hornet-v7");
        }
        Element hash = fields.next(Tag.OCTET_STRING, "the hash of a map");
        fields.end("the hash of a map");
        if (hash.length() != HASH_SIZE && hash.length() != 0) {
            throw hash.fault("the hash of a map has " + hash.length() + " bytes, not " + HASH_SIZE);
        }
        return hash;
    }

    /**
     * Writes the attribute.
     *
     * @param hashes the SHA-256 digests of the maps
     * @return the whole attribute in DER. Its value is a SEQUENCE around the SET, because the kernel strips one header
     */
    public static byte[] attribute(List<byte[]> hashes) {
        List<byte[]> entries = new ArrayList<>();
        for (byte[] hash : hashes) {
            entries.add(Der.sequence(Der.element(Tag.OCTET_STRING, hash)));
        }
        return Der.sequence(Der.oid(TYPE), Der.element(Tag.SET, Der.sequence(Der.set(entries))));
    }

    /** Returns what is covered, for people. */
    @Override
    public String toString() {
        String maps = count == 0 ? "no map" : count == 1 ? "1 map" : count + " maps";
        return empty == 0 ? maps : maps + ", of which " + empty + " with an empty hash can never match a map";
    }
}
