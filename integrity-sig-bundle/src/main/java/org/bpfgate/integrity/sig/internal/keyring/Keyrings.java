package org.bpfgate.integrity.sig.internal.keyring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.program.KeyringId;
import org.jspecify.annotations.Nullable;

/** All keyrings at one time. Immutable, so that one load sees one state of them. */
public final class Keyrings {
    /** The keyrings before any certificate is configured: all exist, and all are empty. */
    public static final Keyrings EMPTY = new Keyrings(Map.of(), Map.of(), Revocations.NONE);

    private final Keyring builtin;
    private final Keyring secondary;
    private final Keyring platform;
    private final Keyring user;
    private final Keyring blacklist;
    private final Map<Integer, Keyring> named = new TreeMap<>();
    private final Revocations revocations;

    Keyrings(
            Map<KeyringName, List<Certificate>> certificates,
            Map<NamedKeyring, List<Certificate>> more,
            Revocations revocations) {
        this.revocations = revocations;
        more.forEach((key, own) -> named.put(key.id(), new Keyring(key.toString(), own, null)));
        builtin = keyring(KeyringName.BUILTIN, certificates, null);
        secondary = keyring(KeyringName.SECONDARY, certificates, builtin);
        platform = keyring(KeyringName.PLATFORM, certificates, null);
        user = keyring(KeyringName.USER, certificates, null);
        blacklist = keyring(KeyringName.BLACKLIST, certificates, null);
    }

    private static Keyring keyring(
            KeyringName name, Map<KeyringName, List<Certificate>> certificates, @Nullable Keyring link) {
        return new Keyring(name.text(), certificates.getOrDefault(name, List.of()), link);
    }

    /**
     * Finds the keyring that a load asks for.
     *
     * @param id {@code attr.keyring_id}, see {@link KeyringId}
     * @return the keyring, which may be empty; null when the number is not one of a keyring of this gate
     */
    public @Nullable Keyring find(int id) {
        return switch (id) {
            case KeyringId.BUILTIN -> builtin;
            case KeyringId.SECONDARY -> secondary;
            case KeyringId.PLATFORM -> platform;
            case KeyringId.USER -> user;
            default -> named.get(id);
        };
    }

    /** Returns the certificates that no keyring may vouch for. */
    public Keyring blacklist() {
        return blacklist;
    }

    /** Returns what is revoked by its digest. */
    public Revocations revocations() {
        return revocations;
    }

    /**
     * Returns the names of the trusted keyrings with certificates of their own, builtin first; those of further user
     * keyrings as {@code NAME=NUMBER}.
     */
    public List<String> namesInUse() {
        List<String> names = new ArrayList<>();
        for (Keyring keyring : List.of(builtin, secondary, platform, user)) {
            if (!keyring.isEmpty()) {
                names.add(keyring.name());
            }
        }
        for (Keyring keyring : named.values()) {
            if (!keyring.isEmpty()) {
                names.add(keyring.name());
            }
        }
        return names;
    }
}
