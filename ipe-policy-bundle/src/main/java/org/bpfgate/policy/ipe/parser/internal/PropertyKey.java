package org.bpfgate.policy.ipe.parser.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.jspecify.annotations.Nullable;

/** What stands before the {@code =} of a property; in the language the names are in lower case. */
enum PropertyKey {
    BOOT_VERIFIED(Dialect.OPS7),
    DMVERITY_ROOTHASH(Dialect.OPS7),
    DMVERITY_SIGNATURE(Dialect.OPS7),
    FSVERITY_DIGEST(Dialect.OPS7),
    FSVERITY_SIGNATURE(Dialect.OPS7),
    BPF_SIGNATURE(Dialect.OPS8),
    BPF_KEYRING(Dialect.OPS8),
    BPF_KERNEL(Dialect.OPS8),
    BPF_INTEGRITY(Dialect.BPFGATE),
    BPF_SIGNER(Dialect.BPFGATE),
    BPF_PROG_TYPE(Dialect.BPFGATE),
    BPF_ATTACH_TYPE(Dialect.BPFGATE),
    BPF_DIGEST(Dialect.BPFGATE),
    BPF_NAME(Dialect.BPFGATE),
    BPF_HELPER(Dialect.BPFGATE),
    BPF_KFUNC(Dialect.BPFGATE),
    BPF_CLIENT_UID(Dialect.BPFGATE),
    BPF_CLIENT_EXE(Dialect.BPFGATE),
    BPF_CLIENT_UNIT(Dialect.BPFGATE),
    BPF_PROBE(Dialect.BPFGATE),
    BPF_MAPS_IMMUTABLE(Dialect.BPFGATE);

    /** Spares a copy per word. */
    private static final PropertyKey[] ALL = values();

    private final String key;
    private final Dialect since;

    PropertyKey(Dialect since) {
        this.key = name().toLowerCase(Locale.ROOT);
        this.since = since;
    }

    /** Returns the key as policies write it. */
    String key() {
        return key;
    }

    /** Returns the key and the {@code =} behind it. */
    String beginning() {
        return key + "=";
    }

    /** Returns the first dialect that has this property. */
    Dialect since() {
        return since;
    }

    /** Returns the property with that key in any dialect; null when there is none. */
    static @Nullable PropertyKey byKey(String key) {
        for (PropertyKey property : ALL) {
            if (property.key.equals(key)) {
                return property;
            }
        }
        return null;
    }

    /** Returns the beginnings of the properties that a dialect has. */
    static String[] beginningsOf(Dialect dialect) {
        List<String> beginnings = new ArrayList<>();
        for (PropertyKey property : values()) {
            if (dialect.includes(property.since)) {
                beginnings.add(property.beginning());
            }
        }
        return beginnings.toArray(String[]::new);
    }
}
