package org.bpfgate.kernel.internal.local;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a listening socket, at a path.
 *
 * @param path where it is
 * @param key identifies the file, also when another one has taken the path
 */
record SocketFile(Path path, @Nullable Object key) {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    /** The permissions of chmod(2) from the highest bit on. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OWNER_READ,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_EXECUTE,
    };

    /** Returns a path as the kernel takes it. */
    static byte[] bytes(Path path) {
        // As the JDK does it for the paths that it opens.
        return path.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    }

    /**
     * Names a file beside a path, for as long as it is not ready. At most 7 bytes are added: a process id has 22 bits at most
     * ({@code PID_MAX_LIMIT}), which are five digits to the base 36.
     */
    static Path unready(Path path) {
        String name =
                path.getFileName() + "." + Long.toString(ProcessHandle.current().pid(), 36);
        return path.resolveSibling(name);
    }

    static void permit(Path file, int permissions) throws IOException {
        Set<PosixFilePermission> allowed = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BITS.length; i++) {
            if ((permissions >> (BITS.length - 1 - i) & 1) != 0) {
                allowed.add(BITS[i]);
            }
        }
        Files.setPosixFilePermissions(file, allowed);
    }

    /** Puts a file that is ready into its place. */
    static SocketFile publish(Path unready, Path path) throws IOException {
        Object key = key(unready);
        Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
        return new SocketFile(path, key);
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Removes the file unless another one is in its place. */
    void remove() {
        try {
            if (key != null && key.equals(key(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the socket file was not removed", e);
        }
    }
}
