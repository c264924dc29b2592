package org.bpfgate.signing.internal.key;

import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What a key file holds.
 *
 * @param key the private key
 * @param certificates those beside it, in the order of the file
 */
record KeyMaterial(PrivateKeyInfo key, List<X509CertificateHolder> certificates) {
    /** Copies the list. */
    KeyMaterial {
        certificates = List.copyOf(certificates);
    }
}
