package org.bpfgate.integrity.hash.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** Reads the configured lists and hands them to the module. All of them count, or, when one is bad, none. */
final class AllowlistConfiguration implements ManagedService {
    /** The property that holds the paths of the lists. */
    static final String LISTS = "lists";

    private final AllowlistModule module;

    AllowlistConfiguration(AllowlistModule module) {
        this.module = module;
    }

    /**
     * Reads every list, on the calling thread, and then replaces the ones in use by a single write. When this returns
     * normally the new lists are in use.
     *
     * @param properties {@value #LISTS} is a {@code String[]} of paths, the relative ones seen from the working directory of
     *     the process. Null, no such property, or no path in it: no list is configured
     * @throws ConfigurationException for the property {@value #LISTS}, with {@code FILE:LINE:COL: what is wrong} of the
     *     first bad list as its reason; the lists in use stay
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        String[] paths = paths(properties);
        module.use(paths.length == 0 ? null : readAll(paths));
    }

    private static String[] paths(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        Object value = properties == null ? null : properties.get(LISTS);
        if (value == null) {
            return new String[0];
        }
        if (value instanceof String[] paths) {
            return paths;
        }
        throw new ConfigurationException(
                LISTS, "must be a String[] of paths, not a " + value.getClass().getSimpleName());
    }

    private static Allowlist readAll(String[] paths) throws ConfigurationException {
        Allowlist.Builder lists = new Allowlist.Builder();
        try {
            for (String path : paths) {
                AllowlistReader.read(toPath(path), lists);
            }
        } catch (AllowlistException e) {
            throw new ConfigurationException(LISTS, e.getMessage(), e);
        }
        return lists.build();
    }

    private static Path toPath(String path) throws ConfigurationException {
        if (path.isEmpty()) {
            throw new ConfigurationException(LISTS, "holds an empty path");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(LISTS, "holds what is not a path: " + e.getReason(), e);
        }
    }
}
