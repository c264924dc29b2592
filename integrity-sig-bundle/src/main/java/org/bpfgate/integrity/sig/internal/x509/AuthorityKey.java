package org.bpfgate.integrity.sig.internal.x509;

import org.jspecify.annotations.Nullable;

/**
 * What a certificate says about the certificate that signed it, its authorityKeyIdentifier (RFC 5280, 4.2.1.1).
 *
 * @param certificate issuer and serial number of that certificate; null when not given
 * @param key that key's identifier; null when not given
 */
public record AuthorityKey(
        @Nullable KeyId certificate, @Nullable KeyId key) {
    /** A certificate without the extension. */
    static final AuthorityKey UNKNOWN = new AuthorityKey(null, null);

    /** Returns whether anything is given. */
    public boolean isKnown() {
        return certificate != null || key != null;
    }
}
