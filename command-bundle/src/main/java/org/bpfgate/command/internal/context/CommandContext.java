package org.bpfgate.command.internal.context;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.bpfgate.control.Daemon;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What a verb runs in: the console, the installation, and the services of the other bundles. */
public final class CommandContext {
    /** The context of verbs that are described and not run. */
    public static final CommandContext NONE = new CommandContext(null, null, null);

    private final @Nullable BundleContext bundles;
    private final @Nullable Console console;
    private final @Nullable Runner runner;

    private CommandContext(@Nullable BundleContext bundles, @Nullable Console console, @Nullable Runner runner) {
        this.bundles = bundles;
        this.console = console;
        this.runner = runner;
    }

    /** Runs another command line in this process. */
    @FunctionalInterface
    public interface Runner {
        /**
         * Runs it.
         *
         * @param verbs those that there are for it
         * @param words the verb and its arguments
         * @param console where it prints
         * @return its exit code
         */
        int run(List<String> verbs, List<String> words, Console console);
    }

    /** Makes the context of a command. */
    public static CommandContext of(BundleContext bundles, Console console, Runner runner) {
        return new CommandContext(bundles, console, runner);
    }

    /** Returns what runs other command lines. */
    public Runner runner() {
        return Objects.requireNonNull(runner, "a description is not run");
    }

    /** Returns whether this process is the running gate. */
    public boolean isGate() {
        return bundles().getServiceReference(Daemon.class) != null;
    }

    /** Returns the context of the bundle that holds the command line. */
    public BundleContext bundles() {
        return Objects.requireNonNull(bundles, "a description is not run");
    }

    public Console console() {
        return Objects.requireNonNull(console, "a description is not run");
    }

    /** Returns the directory that bpfgate is installed in. */
    public Home home() {
        return Home.of(bundles());
    }

    /** Returns the directory below which the running gate has its directories, which {@code --root} names; {@code /} without it. */
    public Path root() {
        String root = bundles().getProperty("bpfgate.root");
        return Path.of(root == null || root.isEmpty() ? "/" : root).toAbsolutePath();
    }

    /**
     * Finds the best service of a type.
     *
     * @throws IllegalStateException when there is none: bpfgate itself is broken
     */
    public <S> S service(Class<S> type) {
        return service(type, null);
    }

    /** Finds the best service of a type that a filter matches; see {@link #service(Class)}. */
    public <S> S service(Class<S> type, @Nullable String filter) {
        S service = bundles().getService(reference(type, filter));
        if (service == null) {
            throw missing(type, filter);
        }
        return service;
    }

    /** Finds the reference of a service, which has its properties; see {@link #service(Class)}. */
    public <S> ServiceReference<S> reference(Class<S> type, @Nullable String filter) {
        try {
            Collection<ServiceReference<S>> found = bundles().getServiceReferences(type, filter);
            if (found.isEmpty()) {
                throw missing(type, filter);
            }
            return Collections.max(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static IllegalStateException missing(Class<?> type, @Nullable String filter) {
        return new IllegalStateException("no service " + type.getSimpleName() + (filter == null ? "" : " " + filter)
                + ": its bundle did not start");
    }
}
