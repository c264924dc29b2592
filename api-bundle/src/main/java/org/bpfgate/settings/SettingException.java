package org.bpfgate.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A setting that cannot be used. The message is one line for people and does not name the key. */
public final class SettingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final boolean isNotYet;

    /**
     * Makes an exception.
     *
     * @param key the setting at fault
     * @param message what is wrong with it, and where
     */
    public SettingException(String key, String message) {
        this(key, message, null, false);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param key the setting at fault
     * @param message what is wrong with it, and where
     * @param cause what was caught
     */
    public SettingException(String key, String message, Throwable cause) {
        this(key, message, cause, false);
    }

    private SettingException(String key, String message, @Nullable Throwable cause, boolean isNotYet) {
        super(message, cause);
        this.key = Objects.requireNonNull(key);
        this.isNotYet = isNotYet;
    }

    /**
     * A setting that may be right, and needs something that is not here yet, such as the service of another bundle.
     *
     * @param key the setting
     * @param message what it needs
     * @param cause what was caught
     */
    public static SettingException notYet(String key, String message, Throwable cause) {
        return new SettingException(key, message, cause, true);
    }

    /** Returns the setting at fault. */
    public String key() {
        return key;
    }

    /** Returns whether the same setting can be used once another bundle has come. */
    public boolean isNotYet() {
        return isNotYet;
    }

    /** Returns this fault and those that were found beside it, at least one. */
    public List<SettingException> all() {
        List<SettingException> all = new ArrayList<>(List.of(this));
        for (Throwable beside : getSuppressed()) {
            if (beside instanceof SettingException fault) {
                all.add(fault);
            }
        }
        return all;
    }
}
