package org.bpfgate.integrity.sig.internal.hornet;

import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;

/**
 * The signed attribute of Hornet, newest schema: which maps the signature covers, as a SET of entries, each a SEQUENCE of
 * one OCTET STRING with the SHA-256 of a map's values.
 *
 * <p>Version 7 had the index of the map before each hash.
 */
public final class SignedMaps {
    /**
     * {@code OID_hornet_data}, 2.25 and the number of the UUID ee193de3-ae63-479a-ba8c-b169bfdded18.
     */
    public static final Oid TYPE = Oid.of("6983dc999ef8f5e69a9eb5bac6acad9bfef7da18");

    /** {@code MAX_USED_MAPS} of the kernel. */
    public static final int MAX = 64;

    private SignedMaps() {}

    /**
     * Reads the attribute.
     *
     * @param content of the attribute's value, without the value's own tag and length: as the kernel's attribute extractor
     *     hands it out
     * @param mode whose schema and limit it has to keep
     * @param into gets the entries, those before a fault too: the kernel decodes straight into the program's blob
     * @throws BerException when it follows another schema, a hash has another length, or there are too many
     */
    static void read(byte[] content, HornetMode mode, List<SignedMap> into) throws BerException {
        BerReader entries =
                new BerReader(content).next(Tag.SET, "the set of map hashes").children();
        while (entries.hasNext()) {
            Element entry = entries.next(Tag.SEQUENCE, "the entry of a map");
            SignedMap map = mode == HornetMode.COMPAT_V7 ? SignedMap.readIndexed(entry) : SignedMap.read(entry);
            if (into.size() == mode.maxMaps()) {
                throw new BerException("it has more than " + mode.maxMaps() + " map hashes");
            }
            into.add(map);
        }
    }
}
