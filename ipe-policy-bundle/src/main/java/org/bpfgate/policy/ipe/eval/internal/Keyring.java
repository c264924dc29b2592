package org.bpfgate.policy.ipe.eval.internal;

import org.bpfgate.program.KeyringId;
import org.jspecify.annotations.Nullable;

/** A keyring that {@code bpf_keyring} can name; the names are the words of the language. */
public enum Keyring {
    /** Also what a caller gets that asks for no keyring at all. */
    BUILTIN(KeyringId.BUILTIN),
    SECONDARY(KeyringId.SECONDARY),
    PLATFORM(KeyringId.PLATFORM);

    /** Spares a copy per question. */
    private static final Keyring[] VALUES = values();

    private final int id;

    Keyring(int id) {
        this.id = id;
    }

    /** Returns the number in {@code attr.keyring_id}. */
    public int id() {
        return id;
    }

    /** Returns the keyring with a number; null when the language has no word for it. */
    static @Nullable Keyring byId(int id) {
        for (Keyring keyring : VALUES) {
            if (keyring.id == id) {
                return keyring;
            }
        }
        return null;
    }

    /** Returns how people call a keyring: by a word where there is one, else by its number. */
    static String describe(int id) {
        Keyring keyring = byId(id);
        if (keyring != null) {
            return keyring.name();
        }
        return id == KeyringId.USER ? "USER" : Integer.toString(id);
    }
}
