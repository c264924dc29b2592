package org.bpfgate.kernel.internal.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The mounts of procfs in the mount namespace that the calling thread was in when this was opened, as proc_pid_mountinfo(5) lists them,
 * those beneath other mounts too. Can be read also when {@code /proc} is gone. For one thread.
 */
final class ProcMounts implements AutoCloseable {
    /** Of the thread: {@code /proc/self} is about the thread that the JVM was started with. */
    private static final String MOUNTINFO = "/proc/thread-self/mountinfo";

    private static final int BUFFER = 64 * 1024;

    /** More than a mount namespace has, {@code /proc/sys/fs/mount-max}. */
    private static final int MOST = 100_000;

    /** What stands before the type of the file system; no field before it can be a single hyphen. */
    private static final String SEPARATOR = " - ";

    /** Number of the field that holds the place of a mount, and of those around it: id, parent, device, root, place, options. */
    private static final int PLACE = 4;

    private static final int OCTAL_DIGITS = 3;

    private final Syscalls syscalls;
    private final int mountinfo;

    private ProcMounts(Syscalls syscalls, int mountinfo) {
        this.syscalls = syscalls;
        this.mountinfo = mountinfo;
    }

    /** Opens the list of the mount namespace of the calling thread. */
    static ProcMounts open(Syscalls syscalls) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            return new ProcMounts(syscalls, syscalls.openToRead(scope.text(MOUNTINFO)));
        }
    }

    /**
     * Takes all of them away, and what is mounted over them or below them. A mount lives on while a process has a descriptor of it.
     *
     * @throws SyscallException when one cannot be taken away, such as one whose place is covered by a mount of another place
     */
    void detachAll() throws SyscallException {
        List<byte[]> places = places();
        for (int i = 0; !places.isEmpty(); i++) {
            byte[] last = places.getLast();
            if (i == MOST) {
                throw new SyscallException("umount2 " + name(last), Errnos.EBUSY, 0);
            }
            detach(last);
            places = places();
        }
    }

    private void detach(byte[] place) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer path = scope.allocate(place.length + 1L);
            path.put(0, place);
            syscalls.detachMount(path);
        } catch (SyscallException e) {
            throw new SyscallException("umount2 of the procfs at " + name(place), e.errno(), 0);
        }
    }

    private static String name(byte[] place) {
        return new String(place, StandardCharsets.UTF_8);
    }

    /** Returns the places of those that there are now, in the order of the list. */
    private List<byte[]> places() throws SyscallException {
        return places(read());
    }

    private byte[] read() throws SyscallException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer buffer = scope.allocate(BUFFER);
            long length;
            do {
                length = syscalls.readAt(mountinfo, whole.size(), buffer, BUFFER);
                whole.writeBytes(buffer.getBytes(0, (int) length));
            } while (length > 0);
        }
        return whole.toByteArray();
    }

    /** Returns the places of the mounts of procfs in a list of mounts. Paths are bytes, not text. */
    static List<byte[]> places(byte[] mountinfo) {
        return new String(mountinfo, StandardCharsets.ISO_8859_1)
                .lines()
                .map(ProcMounts::place)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<byte[]> place(String line) {
        int separator = line.indexOf(SEPARATOR);
        String[] fields = line.split(" ", -1);
        boolean isProc =
                separator >= 0 && line.startsWith("proc ", separator + SEPARATOR.length()) && fields.length > PLACE;
        return isProc ? Optional.of(unescaped(fields[PLACE])) : Optional.empty();
    }

    /** The kernel writes a blank, a tab, a line feed and a backslash as a backslash and three octal digits. */
    private static byte[] unescaped(String field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            int end = i + 1 + OCTAL_DIGITS;
            if (c == '\\'
                    && end <= field.length()
                    && field.substring(i + 1, end).matches("[0-3][0-7]{2}")) {
                bytes.write(Integer.parseInt(field.substring(i + 1, end), 8));
                i += OCTAL_DIGITS;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        syscalls.close(mountinfo);
    }
}
