package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A parsed SignedData message, about which nothing is verified yet.
 *
 * @param contentType the type of the signed content
 * @param content the content that stands in the message itself; null when the signature is detached from it
 * @param certificates those in the message, in its order
 * @param signers at least one, in the order of the message
 */
public record SignedMessage(
        Oid contentType, @Nullable Content content, List<Certificate> certificates, List<SignerInfo> signers) {
    /** Copies the lists. */
    public SignedMessage {
        certificates = List.copyOf(certificates);
        signers = List.copyOf(signers);
        if (signers.isEmpty()) {
            throw new IllegalArgumentException("a message without a signer");
        }
    }
}
