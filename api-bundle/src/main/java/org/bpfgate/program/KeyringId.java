package org.bpfgate.program;

/**
 * The values of {@code attr.keyring_id} that have a fixed meaning: {@code BPF_SYSTEM_KEYRING_*} of the signing series and
 * {@code KEY_SPEC_*} of {@code include/uapi/linux/keyctl.h}. Any other number is the serial of a key or keyring.
 */
public final class KeyringId {
    /** The keys that the kernel, or this gate, was built with. */
    public static final int BUILTIN = 0;

    /** The keys added by the machine's owner; in the kernel it links to the builtin ones. */
    public static final int SECONDARY = 1;

    /** The keys of the machine's firmware. */
    public static final int PLATFORM = 2;

    /** {@code KEY_SPEC_USER_KEYRING}: the keyring of the user; for this gate the certificates it was told to trust. */
    public static final int USER = -4;

    private KeyringId() {}
}
