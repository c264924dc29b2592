package org.bpfgate.integrity.sig.internal.keyring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.KeyId;
import org.jspecify.annotations.Nullable;

/** A named set of certificates, some of them perhaps in a keyring that it links to. Immutable. */
public final class Keyring {
    private final String name;
    private final @Nullable Keyring link;
    private final Map<KeyId, List<Certificate>> byId = new HashMap<>();

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
            add(certificate.id(), certificate);
            KeyId key = certificate.subjectKeyId();
            if (key != null) {
                add(key, certificate);
            }
        }
    }

    private void add(KeyId id, Certificate certificate) {
        byId.computeIfAbsent(id, first -> new ArrayList<>()).add(certificate);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns whether it has no certificates of its own. */
    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Returns whether it can vouch for anybody: whether it or the keyring that it links to has certificates. */
    public boolean hasCertificates() {
        return !isEmpty() || (link != null && link.hasCertificates());
    }

    /**
     * Looks a certificate up, here and then in the linked keyring.
     *
     * @param id issuer and serial number, or the identifier of its key
     * @return the certificate, or null
     */
    public @Nullable Certificate find(KeyId id) {
        List<Certificate> own = byId.get(id);
        if (own != null) {
            return own.getFirst();
        }
        return link == null ? null : link.find(id);
    }

    /** Looks up all certificates of one identity, here and then in the linked keyring. */
    public List<Certificate> findAll(KeyId id) {
        List<Certificate> all = new ArrayList<>(byId.getOrDefault(id, List.of()));
        if (link != null) {
            all.addAll(link.findAll(id));
        }
        return all;
    }
}
