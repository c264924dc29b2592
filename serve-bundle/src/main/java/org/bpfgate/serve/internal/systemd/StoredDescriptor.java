package org.bpfgate.serve.internal.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that this process was started with (sd_listen_fds_with_names(3)).
 *
 * @param name that it has in the store; {@code unknown} when none was given
 * @param number of the descriptor
 */
public record StoredDescriptor(String name, int number) {
    /** {@code SD_LISTEN_FDS_START}. */
    private static final int FIRST = 3;

    /** More than a process may have open: {@code fs.nr_open}. */
    private static final int MOST = 1 << 20;

    /** Refuses nulls. */
    public StoredDescriptor {
        Objects.requireNonNull(name);
    }

    /**
     * Reads {@code LISTEN_PID}, {@code LISTEN_FDS} and {@code LISTEN_FDNAMES}.
     *
     * @param environment that of a process
     * @param pid its id
     * @return none when the variables are for another process, or are not what systemd sets
     */
    public static List<StoredDescriptor> of(Map<String, String> environment, long pid) {
        if (number(environment.get("LISTEN_PID")) != pid) {
            return List.of();
        }
        long count = number(environment.get("LISTEN_FDS"));
        if (count > MOST) {
            return List.of();
        }
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        List<StoredDescriptor> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isNamed = i < names.length && !names[i].isEmpty();
            all.add(new StoredDescriptor(isNamed ? names[i] : "unknown", FIRST + i));
        }
        return List.copyOf(all);
    }

    /** Returns -1 for what is no number. */
    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    }
}
