package org.bpfgate.settings;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;

/**
 * The settings that a target has in use, for whoever changes some of them and may want them back. Safe for use by several threads.
 */
public final class SettingsInForce {
    private final SettingsTarget target;
    private Map<String, Object> inForce = Map.of();

    public SettingsInForce(SettingsTarget target) {
        this.target = target;
    }

    /** Takes settings as {@link SettingsTarget#update} does, and remembers them. */
    public synchronized void update(@Nullable Dictionary<String, ?> properties) throws SettingException {
        target.update(properties);
        inForce = properties == null ? Map.of() : new HashMap<>(FrameworkUtil.asMap(properties));
    }

    /** Returns the last value of a setting that was taken; null when there was none. */
    public synchronized @Nullable Object value(String key) {
        return inForce.get(key);
    }

    /**
     * Changes settings, and keeps the others.
     *
     * @return what puts all of them back as they were
     * @throws SettingException when one cannot be used; then nothing has changed
     */
    public synchronized Undo change(Map<String, ?> changes) throws SettingException {
        Map<String, Object> before = inForce;
        Map<String, Object> next = new HashMap<>(before);
        next.putAll(changes);
        update(FrameworkUtil.asDictionary(next));
        return () -> update(FrameworkUtil.asDictionary(before));
    }

    /** Undoes a change. */
    public interface Undo {
        /**
         * Puts the settings back.
         *
         * @throws SettingException when they cannot be used any more
         */
        void run() throws SettingException;
    }
}
