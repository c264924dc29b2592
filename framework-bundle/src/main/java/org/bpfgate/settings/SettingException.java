package org.bpfgate.settings;

import java.util.Objects;

/** A setting that cannot be used. The message is one line for people and does not name the key. */
public final class SettingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * Makes an exception.
     *
     * @param key the setting at fault
     * @param message what is wrong with it, and where
     */
    public SettingException(String key, String message) {
        super(message);
        this.key = Objects.requireNonNull(key);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param key the setting at fault
     * @param message what is wrong with it, and where
     * @param cause what was caught
     */
    public SettingException(String key, String message, Throwable cause) {
        super(message, cause);
        this.key = Objects.requireNonNull(key);
    }

    /** Returns the setting at fault. */
    public String key() {
        return key;
    }
}
