package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.sig.internal.x509.AuthorityKey;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Follows the certificates in a message upward from a signer's, {@code pkcs7_verify_sig_chain()}. Each link is verified
 * once, however many signers share it. Used by one thread.
 */
final class CertificateChain {
    private final List<Certificate> certificates;
    private final Map<Certificate, Boolean> goodLinks = new HashMap<>();

    CertificateChain(List<Certificate> certificates) {
        this.certificates = certificates;
    }

    /** Returns the first certificate of that issuer and serial number; null when the message has none. */
    @Nullable
    Certificate find(KeyId id) {
        for (Certificate certificate : certificates) {
            if (certificate.id().equals(id)) {
                return certificate;
            }
        }
        return null;
    }

    /**
     * Walks from a certificate to the highest one in the message. The walk ends well at a self-signed certificate, at one
     * whose issuer is not in the message, and where the chain would run in a circle.
     *
     * @return the certificates, the signer's first; null when a link is bad
     */
    @Nullable
    List<Certificate> from(Certificate signer) {
        List<Certificate> chain = new ArrayList<>();
        Certificate current = signer;
        while (current != null && !chain.contains(current)) {
            chain.add(current);
            Certificate authority = current.isSelfIssued() ? null : authorityOf(current);
            if (authority != null && !chain.contains(authority) && !isGoodLink(current, authority)) {
                return null;
            }
            current = authority;
        }
        return chain;
    }

    /** By issuer and serial number if the certificate names them, by key identifier otherwise. */
    private @Nullable Certificate authorityOf(Certificate certificate) {
        AuthorityKey wanted = certificate.authority();
        if (wanted.certificate() != null) {
            return find(wanted.certificate());
        }
        for (Certificate candidate : certificates) {
            if (wanted.key() != null && wanted.key().equals(candidate.subjectKeyId())) {
                return candidate;
            }
        }
        return null;
    }

    private boolean isGoodLink(Certificate certificate, Certificate authority) {
        return goodLinks.computeIfAbsent(certificate, lower -> verifyLink(lower, authority));
    }

    /** An authority found by issuer and serial number must also have the key identifier that was named, if one was. */
    private static boolean verifyLink(Certificate certificate, Certificate authority) {
        KeyId wanted = certificate.authority().key();
        return (wanted == null || wanted.equals(authority.subjectKeyId())) && certificate.isSignedBy(authority.key());
    }
}
