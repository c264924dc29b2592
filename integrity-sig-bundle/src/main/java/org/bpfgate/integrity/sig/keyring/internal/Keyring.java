package org.bpfgate.integrity.sig.keyring.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.sig.x509.internal.Certificate;
import org.bpfgate.integrity.sig.x509.internal.KeyId;
import org.jspecify.annotations.Nullable;

/** A named set of certificates, some of them perhaps in a keyring that it links to. Immutable. */
public final class Keyring {
    private final String name;
    private final @Nullable Keyring link;
    private final Map<KeyId, Certificate> byId = new HashMap<>();

    /**
     * Makes a keyring.
     *
     * @param name for people
     * @param certificates its own; of two with one identity the first is found
     * @param link where to look for what it does not have; null for none
     */
    Keyring(String name, List<Certificate> certificates, @Nullable Keyring link) {
        this.name = name;
        this.link = link;
        for (Certificate certificate : certificates) {
            byId.putIfAbsent(certificate.id(), certificate);
            KeyId key = certificate.subjectKeyId();
            if (key != null) {
                byId.putIfAbsent(key, certificate);
            }
        }
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns whether it has no certificates of its own. */
    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /**
     * Looks a certificate up, here and then in the linked keyring.
     *
     * @param id issuer and serial number, or the identifier of its key
     * @return the certificate, or null
     */
    public @Nullable Certificate find(KeyId id) {
        Certificate own = byId.get(id);
        return own != null || link == null ? own : link.find(id);
    }
}
