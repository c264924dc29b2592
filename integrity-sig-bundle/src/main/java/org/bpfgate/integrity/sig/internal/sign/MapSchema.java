package org.bpfgate.integrity.sig.internal.sign;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.hornet.SignedMaps;

/** The two schemas of the Hornet attribute. A message does not say which one it follows, so that the contract has to. */
public enum MapSchema {
    /** The newest: a hash per map, in no order. */
    HASHES("hornet", SignedMaps.MAX) {
        @Override
        byte[] attribute(List<byte[]> hashes) {
            return SignedMaps.attribute(hashes);
        }
    },

    /** From the RFC through v7: the place in {@code fd_array} before each hash. The 64th entry made v7 refuse the list. */
    INDEXED_HASHES("hornet-v7", SignedMaps.MAX - 1) {
        @Override
        byte[] attribute(List<byte[]> hashes) {
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < hashes.size(); i++) {
                entries.add(Der.sequence(Der.integer(i), Der.element(Tag.OCTET_STRING, hashes.get(i))));
            }
            return Der.sequence(Der.oid(SignedMaps.TYPE), Der.element(Tag.SET, Der.sequence(Der.set(entries))));
        }
    };

    private final String contract;
    private final int limit;

    MapSchema(String contract, int limit) {
        this.contract = contract;
        this.limit = limit;
    }

    /** Returns the name of the signing contract with this schema. */
    public String contract() {
        return contract;
    }

    /** Returns how many maps a signature can cover. */
    int limit() {
        return limit;
    }

    /**
     * Writes the attribute.
     *
     * @param hashes the SHA-256 of each map, in the order of {@code fd_array}
     * @return the whole attribute in DER
     */
    abstract byte[] attribute(List<byte[]> hashes);
}
