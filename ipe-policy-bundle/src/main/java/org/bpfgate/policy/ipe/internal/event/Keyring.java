package org.bpfgate.policy.ipe.internal.event;

import org.bpfgate.program.KeyringId;

/** A keyring that {@code bpf_keyring} can name; the names are the words of the language. */
public enum Keyring {
    /** Also what a caller gets that asks for no keyring at all. */
    BUILTIN(KeyringId.BUILTIN),
    SECONDARY(KeyringId.SECONDARY),
    PLATFORM(KeyringId.PLATFORM),

    /** Every keyring that is none of the kernel's own: one of a process or a user, such as {@code KEY_SPEC_USER_KEYRING}. */
    USER(KeyringId.USER);

    /** Spares a copy per question. */
    private static final Keyring[] VALUES = values();

    private final int id;

    Keyring(int id) {
        this.id = id;
    }

    /** Returns the number in {@code attr.keyring_id}; for {@link #USER} the one of the user keyring. */
    public int id() {
        return id;
    }

    /** Returns the keyring with a number. */
    public static Keyring byId(int id) {
        for (Keyring keyring : VALUES) {
            if (keyring.id == id) {
                return keyring;
            }
        }
        return USER;
    }

    /** Returns a keyring for messages: its word, and the number of a user keyring that has no word. */
    public static String describe(int id) {
        Keyring keyring = byId(id);
        return keyring.id == id ? keyring.name() : keyring.name() + " (" + id + ")";
    }
}
