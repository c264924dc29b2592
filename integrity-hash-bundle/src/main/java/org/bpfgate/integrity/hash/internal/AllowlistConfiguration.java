package org.bpfgate.integrity.hash.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** Reads the configured lists and hands them to the module. All of them count, or, when one is bad, none. */
final class AllowlistConfiguration implements ManagedService {
    /** The property that holds the paths of the lists of programs to let in. */
    static final String LISTS = "lists";

    /** The property that holds the paths of the lists of programs that are revoked. */
    static final String REVOCATIONS = "revocations";

    /** The property that says whether lists must be signed, a {@code Boolean}. */
    static final String SIGNED = "signed";

    /** The property that says whether changes of the files count, a {@code Boolean}; true when it is missing. */
    static final String FOLLOW = "follow";

    private final ListsInUse lists;

    AllowlistConfiguration(ListsInUse lists) {
        this.lists = lists;
    }

    /**
     * Reads every list, on the calling thread, and then replaces the ones in use by a single write. When this returns
     * normally the new lists are in use, and their files are watched.
     *
     * @param properties {@value #LISTS} and {@value #REVOCATIONS} are each a {@code String[]} of paths, the relative ones seen from
     *     the working directory of the process; {@value #SIGNED} is a {@code Boolean}, false when it is missing; {@value #FOLLOW} is a {@code Boolean}, true when it
     *     is missing: false reads every file once, into memory, so that what becomes of it later does not count. Null, or no path in
     *     either: no list is configured
     * @throws ConfigurationException for the property at fault, with {@code FILE:LINE:COL: what is wrong} of the first bad list as
     *     its reason; the lists in use stay
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        ListPaths paths = new ListPaths(
                paths(properties, LISTS),
                paths(properties, REVOCATIONS),
                flag(properties, SIGNED, false),
                flag(properties, FOLLOW, true));
        try {
            lists.use(paths);
        } catch (AllowlistException e) {
            String property = paths.allowed().contains(e.list()) ? LISTS : REVOCATIONS;
            throw new ConfigurationException(property, e.getMessage(), e);
        }
    }

    private static boolean flag(@Nullable Dictionary<String, ?> properties, String name, boolean missing)
            throws ConfigurationException {
        Object value = properties == null ? null : properties.get(name);
        if (value == null) {
            return missing;
        }
        if (value instanceof Boolean is) {
            return is;
        }
        throw new ConfigurationException(
                name, "must be a Boolean, not a " + value.getClass().getSimpleName());
    }

    private static List<Path> paths(@Nullable Dictionary<String, ?> properties, String name)
            throws ConfigurationException {
        Object value = properties == null ? null : properties.get(name);
        List<Path> paths = new ArrayList<>();
        if (value instanceof String[] texts) {
            for (String text : texts) {
                paths.add(toPath(name, text));
            }
        } else if (value != null) {
            throw new ConfigurationException(
                    name,
                    "must be a String[] of paths, not a " + value.getClass().getSimpleName());
        }
        return paths;
    }

    private static Path toPath(String name, String path) throws ConfigurationException {
        if (path.isEmpty()) {
            throw new ConfigurationException(name, "holds an empty path");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(name, "holds what is not a path: " + e.getReason(), e);
        }
    }
}
