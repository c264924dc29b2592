package org.bpfgate.signing.internal.token;

/**
 * A token in a slot, as its module tells.
 *
 * @param slot the number of the slot
 * @param label the name that its owner gave it
 * @param manufacturer who made it
 * @param model of it
 * @param serial of it
 * @param flags {@code CKF_…} of PKCS#11
 */
record Token(long slot, String label, String manufacturer, String model, String serial, long flags) {
    private static final long LOGIN_REQUIRED = 0x4;
    private static final long INITIALIZED = 0x400;
    private static final long USER_PIN_FINAL_TRY = 0x20000;
    private static final long USER_PIN_LOCKED = 0x40000;

    /** An empty place for a token is listed too. */
    boolean isInitialized() {
        return (flags & INITIALIZED) != 0;
    }

    boolean wantsPin() {
        return (flags & LOGIN_REQUIRED) != 0;
    }

    boolean isLastTry() {
        return (flags & USER_PIN_FINAL_TRY) != 0;
    }

    boolean isLocked() {
        return (flags & USER_PIN_LOCKED) != 0;
    }
}
