package org.bpfgate.signing.internal.contract;

import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;

/** The two schemas of the Hornet attribute. A message does not say which one it follows, so that the contract has to. */
public enum MapSchema {
    /** The newest: a hash per map, in no order. */
    HASHES("hornet", 64) {
        @Override
        ASN1Encodable entry(int index, ASN1Encodable hash) {
            return new DERSequence(hash);
        }
    },

    /** From the RFC through v7: the place in {@code fd_array} before each hash. The 64th entry made v7 refuse the list. */
    INDEXED_HASHES("hornet-v7", 63) {
        @Override
        ASN1Encodable entry(int index, ASN1Encodable hash) {
            return new DERSequence(new ASN1Encodable[] {new ASN1Integer(index), hash});
        }
    };

    /** {@code OID_hornet_data}, 2.25 and the number of the UUID ee193de3-ae63-479a-ba8c-b169bfdded18. */
    static final ASN1ObjectIdentifier TYPE = new ASN1ObjectIdentifier("2.25.316487325684022475439036912669789383960");

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

    abstract ASN1Encodable entry(int index, ASN1Encodable hash);

    /**
     * Writes the value of the attribute: a SEQUENCE around the SET, because the kernel strips one header.
     *
     * @param hashes the SHA-256 of each map, in the order of {@code fd_array}
     */
    ASN1Encodable value(List<byte[]> hashes) {
        ASN1EncodableVector entries = new ASN1EncodableVector();
        for (int i = 0; i < hashes.size(); i++) {
            entries.add(entry(i, new DEROctetString(hashes.get(i))));
        }
        return new DERSequence(new DERSet(entries));
    }
}
