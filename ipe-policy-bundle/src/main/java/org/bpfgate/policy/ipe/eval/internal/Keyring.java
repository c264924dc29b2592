package org.bpfgate.policy.ipe.eval.internal;

import org.bpfgate.program.KeyringId;

/** A keyring that {@code bpf_keyring} can name; the names are the words of the language. */
public enum Keyring {
    /** Also what a caller gets that asks for no keyring at all. */
    BUILTIN(KeyringId.BUILTIN),
    SECONDARY(KeyringId.SECONDARY),
    PLATFORM(KeyringId.PLATFORM);

    private final int id;

    Keyring(int id) {
        this.id = id;
    }

    /** Returns the number in {@code attr.keyring_id}. */
    public int id() {
        return id;
    }

    /** Returns how people call a keyring: by a word where there is one, else by its number. */
    static String describe(int id) {
        for (Keyring keyring : values()) {
            if (keyring.id == id) {
                return keyring.name();
            }
        }
        return id == KeyringId.USER ? "USER" : Integer.toString(id);
    }
}
