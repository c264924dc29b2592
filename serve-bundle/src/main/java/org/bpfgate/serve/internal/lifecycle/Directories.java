package org.bpfgate.serve.internal.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Where the running gate has its files, below a root that is {@code /} for a host.
 *
 * @param root the directory that {@code --root} names
 */
public record Directories(Path root) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** Makes the root absolute. */
    public Directories {
        root = root.toAbsolutePath().normalize();
    }

    /** Returns where settings and what they name are: {@code ROOT/etc/bpfgate}. */
    public Path settings() {
        return root.resolve("etc/bpfgate");
    }

    /** Returns where the settings of each PID are. */
    public Path settingsFiles() {
        return settings().resolve("conf.d");
    }

    /** Returns where the gate keeps what must survive it: {@code ROOT/var/lib/bpfgate}. */
    public Path state() {
        return root.resolve("var/lib/bpfgate");
    }

    /** Returns where the sockets are: {@code ROOT/run/bpfgate}. */
    public Path runtime() {
        return root.resolve("run/bpfgate");
    }

    /** Returns the socket of operators. */
    public Path control() {
        return runtime().resolve("control");
    }

    /** Returns the socket that takes listeners. */
    public Path listeners() {
        return runtime().resolve("listeners");
    }

    /** Returns the file that says which listeners the gate has. It lives as long as the processes of the host. */
    public Path listenerFile() {
        return runtime().resolve("listeners.json");
    }

    /**
     * Makes the directories that are missing. The state is for the owner only; so is nothing else, since whoever starts a command
     * under the gate must reach the socket for that.
     *
     * @throws IOException with the directory that cannot be made
     */
    public void make() throws IOException {
        make(settings(), READABLE);
        for (String name :
                List.of("conf.d", "modules.d", "modules-trust.d", "trust.d", "policy.d", "lists.d", "revocations.d")) {
            make(settings().resolve(name), READABLE);
        }
        make(state(), OWNER_ONLY);
        make(runtime(), READABLE);
    }

    private static void make(Path directory, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, permissions);
        } catch (IOException e) {
            throw new IOException(directory + ": this directory cannot be made: " + reason(e), e);
        }
    }

    /** The message of these exceptions is the path only. */
    static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied; the gate runs as root, or with --root DIR below a directory of yours"
                : e instanceof java.nio.file.FileSystemException fault && fault.getReason() != null
                        ? fault.getReason()
                        : e.toString();
    }
}
