package org.bpfgate.command.internal.context;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** The directory that bpfgate is installed in: {@code bin}, {@code bundle}, {@code conf}, {@code lib}. */
public record Home(Path directory) {
    /** Finds it by the framework property that the launcher sets. */
    static Home of(BundleContext context) {
        String home = context.getProperty("bpfgate.home");
        if (home == null) {
            throw new IllegalStateException("the framework property bpfgate.home is not set");
        }
        return new Home(Path.of(home));
    }

    /** Returns the paths that were given, or without any the file of the configuration, if it is there. */
    public List<Path> orInstalled(@Nullable List<Path> given, String name) {
        if (given != null) {
            return given;
        }
        Path installed = conf(name);
        return Files.exists(installed) ? List.of(installed) : List.of();
    }

    /** A file of the configuration. */
    public Path conf(String name) {
        return directory.resolve("conf").resolve(name);
    }
}
