package org.bpfgate.kernel.internal.seccomp;

import org.bpfgate.kernel.internal.syscall.CommandWord;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * The listener's end of seccomp user notification, for one thread of the gate: the first one that uses it. Any other gets an
 * {@link IllegalStateException}, since it would put its request into the answer to another one. Layouts are {@code struct seccomp_notif},
 * {@code seccomp_notif_resp} and {@code seccomp_notif_addfd} of {@code include/uapi/linux/seccomp.h}; kernels may make the first
 * two longer, for which there is room.
 */
public final class Notifications {
    private static final int RECV = 0xc0502100;
    private static final int SEND = 0xc0182101;
    private static final int ID_VALID = 0x40082102;
    private static final int ADDFD = 0x40182103;

    /** {@code SECCOMP_ADDFD_FLAG_SEND}, Linux 5.14: hand over the descriptor and answer in one step. */
    private static final int ADDFD_SEND = 2;

    /** {@code SECCOMP_USER_NOTIF_FLAG_CONTINUE}. */
    private static final int CONTINUE = 1;

    /** {@code O_CLOEXEC} of {@code include/uapi/asm-generic/fcntl.h}, with which bpf(2) makes its descriptors. */
    private static final int CLOEXEC = 0x80000;

    /** {@code struct seccomp_notif} has 80 bytes. */
    private static final int NOTIF_SIZE = 80;

    private static final int NOTIF_PID = 8;
    private static final int NOTIF_NUMBER = 16;
    private static final int NOTIF_ARCH = 20;
    private static final int NOTIF_ARGS = 32;

    /** What {@code init_listener()} of {@code kernel/seccomp.c} calls its file. */
    private static final String NAME = "anon_inode:seccomp notify";

    private final Syscalls syscalls;
    private final int listener;
    private final NativeBuffer received = NativeScope.automatic().allocate(2 * NOTIF_SIZE);
    private final NativeBuffer answer = NativeScope.automatic().allocate(64);

    /** The thread that used this first. */
    private @Nullable Thread owner;

    /**
     * Listens.
     *
     * @param syscalls those of the thread that uses this
     * @param listener the file descriptor of the listener
     */
    public Notifications(Syscalls syscalls, int listener) {
        this.syscalls = syscalls;
        this.listener = listener;
    }

    /**
     * One request of a client: a call of bpf(2).
     *
     * @param id by which the kernel knows it
     * @param tid the thread that asks, in the gate's pid namespace; 0 when it cannot be seen from there
     * @param way how the call entered the kernel
     * @param word the command and its flags
     * @param attr where its attributes are in the client's memory
     * @param size how many bytes they have, as the client says
     * @param commonAttr where its common attributes are, if the word says that it has some
     * @param commonSize how many bytes these have
     */
    public record Notification(
            long id, int tid, Way way, CommandWord word, long attr, int size, long commonAttr, int commonSize) {
        /** A call without common attributes and without an ABI. */
        public Notification(long id, int tid, int command, long attr, int size) {
            this(id, tid, new Way(0, 0), new CommandWord(command), attr, size, 0, 0);
        }

        /** Returns the number of the command. */
        public int command() {
            return word.command();
        }
    }

    /**
     * How a call enters the kernel.
     *
     * @param architecture {@code AUDIT_ARCH_*}
     * @param number of the system call
     */
    public record Way(int architecture, int number) {}

    /**
     * Waits for the next request.
     *
     * @throws SyscallException with {@code ENOENT} when the client was killed meanwhile, or when nobody is left to ask;
     *     {@code EINTR} after a signal
     */
    public Notification receive() throws SyscallException {
        received.clear();
        return receive(received);
    }

    /** The same, with the request written into a slot of a journal, which is empty. */
    public Notification receive(RequestJournal.Slot slot) throws SyscallException {
        return receive(slot.buffer());
    }

    private Notification receive(NativeBuffer to) throws SyscallException {
        requireOwner();
        syscalls.ioctl("ioctl(SECCOMP_IOCTL_NOTIF_RECV)", listener, RECV, to);
        return parse(to);
    }

    static Notification parse(NativeBuffer received) {
        return new Notification(
                received.getLong(0),
                received.getInt(NOTIF_PID),
                new Way(received.getInt(NOTIF_ARCH), received.getInt(NOTIF_NUMBER)),
                new CommandWord(received.getLong(NOTIF_ARGS)),
                received.getLong(NOTIF_ARGS + 8),
                received.getInt(NOTIF_ARGS + 16),
                received.getLong(NOTIF_ARGS + 24),
                received.getInt(NOTIF_ARGS + 32));
    }

    /** Returns whether the client still waits, so that its thread id still is its own. */
    public boolean isWaiting(long id) {
        try {
            requireOwner();
            answer.putLong(0, id);
            syscalls.ioctl("ioctl(SECCOMP_IOCTL_NOTIF_ID_VALID)", listener, ID_VALID, answer);
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }

    /**
     * Requires that the client still waits.
     *
     * @throws SyscallException with {@code ENOENT} when it does not
     */
    public void requireWaiting(long id) throws SyscallException {
        if (!isWaiting(id)) {
            throw new SyscallException("ioctl(SECCOMP_IOCTL_NOTIF_ID_VALID)", Errnos.ENOENT, 0);
        }
    }

    /**
     * Returns whether a descriptor is that of a listener. Nobody but the kernel gives a file this name: paths begin with a slash, and the
     * names of files without one say what made them.
     */
    public static boolean isListener(Syscalls syscalls, int fd) {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer name = scope.allocate(NAME.length() + 1L);
            int length = syscalls.readLink(scope.text("/proc/self/fd/" + fd), name);
            return name.getText(0, length).equals(NAME) && new Notifications(syscalls, fd).answersAnId();
        } catch (SyscallException e) {
            return false;
        }
    }

    /** A listener knows nothing of the request 0, and says so. */
    private boolean answersAnId() {
        try {
            answer.putLong(0, 0);
            syscalls.ioctl("ioctl(SECCOMP_IOCTL_NOTIF_ID_VALID)", listener, ID_VALID, answer);
            return true;
        } catch (SyscallException e) {
            return e.errno() == Errnos.ENOENT;
        }
    }

    /** Returns the same listener's end for the thread that these system calls belong to. */
    public Notifications on(Syscalls others) {
        return new Notifications(others, listener);
    }

    /**
     * Ends the request with an error.
     *
     * @param errno the positive error number
     * @return false when nobody waits for an answer any more
     */
    public boolean fail(long id, int errno) {
        return send(id, -errno, 0);
    }

    /** Lets the kernel do what the client asks, with whatever the client's memory holds then; false when nobody waits. */
    public boolean letThrough(long id) {
        return send(id, 0, CONTINUE);
    }

    private boolean send(long id, int error, int flags) {
        requireOwner();
        answer.putLong(0, id);
        answer.putLong(8, 0);
        answer.putInt(16, error);
        answer.putInt(20, flags);
        try {
            syscalls.ioctl("ioctl(SECCOMP_IOCTL_NOTIF_SEND)", listener, SEND, answer);
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }

    /**
     * Hands a file descriptor over and ends the request with its number in the client.
     *
     * @param fd ours; it stays open
     * @return the client's number
     * @throws SyscallException with {@code ENOENT} when nobody waits any more; with another number, such as {@code EMFILE}, when
     *     the client cannot take it and still waits
     */
    public int handOver(long id, int fd) throws SyscallException {
        requireOwner();
        answer.putLong(0, id);
        answer.putInt(8, ADDFD_SEND);
        answer.putInt(12, fd);
        answer.putInt(16, 0);
        answer.putInt(20, CLOEXEC);
        return syscalls.ioctl("ioctl(SECCOMP_IOCTL_NOTIF_ADDFD)", listener, ADDFD, answer);
    }

    private void requireOwner() {
        Thread user = Thread.currentThread();
        if (owner == null) {
            owner = user;
        } else if (owner != user) {
            throw new IllegalStateException(user.getName() + " used the notifications of " + owner.getName());
        }
    }
}
