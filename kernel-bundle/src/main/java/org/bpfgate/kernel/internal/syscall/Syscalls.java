package org.bpfgate.kernel.internal.syscall;

import java.lang.foreign.MemorySegment;

/**
 * The system calls that the gate makes, as the kernel offers them. An instance belongs to one thread. Each method throws
 * {@link SyscallException} when the kernel refuses, and repeats a call that a signal interrupted where that is harmless.
 */
public final class Syscalls {
    /** The commands of bpf(2) that the gate uses itself: {@code enum bpf_cmd}. */
    public enum Bpf {
        MAP_CREATE(0),
        MAP_LOOKUP_ELEM(1),
        MAP_UPDATE_ELEM(2),
        PROG_LOAD(5),
        OBJ_GET(7),
        PROG_GET_FD_BY_ID(13),
        MAP_GET_FD_BY_ID(14),
        OBJ_GET_INFO_BY_FD(15),
        MAP_FREEZE(22),
        TOKEN_CREATE(36);

        private final int number;
        private final String call = "bpf(" + name() + ")";

        Bpf(int number) {
            this.number = number;
        }

        /** Returns the number in the system call. */
        public int number() {
            return number;
        }
    }

    /** {@code PIDFD_THREAD} of {@code include/uapi/linux/pidfd.h}, Linux 6.9: {@code O_EXCL}. */
    private static final int PIDFD_THREAD = 0x80;

    /** {@code PR_SET_DUMPABLE} of {@code include/uapi/linux/prctl.h}. */
    private static final int SET_DUMPABLE = 4;

    /** {@code PROT_READ | PROT_WRITE} of {@code include/uapi/asm-generic/mman-common.h}. */
    private static final int READ_WRITE = 3;

    /** {@code MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE} of {@code mman-common.h} and {@code mman.h}. */
    private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;

    /** {@code AT_FDCWD} of {@code include/uapi/linux/fcntl.h}. */
    private static final int AT_FDCWD = -100;

    /** {@code O_RDONLY | O_CLOEXEC} of {@code include/uapi/asm-generic/fcntl.h}. */
    private static final int READ_ONLY_CLOEXEC = 0x80000;

    /** {@code O_CLOEXEC} of {@code include/uapi/asm-generic/fcntl.h}. */
    private static final int CLOEXEC = 0x80000;

    /** {@code O_RDWR | O_CLOEXEC} of {@code include/uapi/asm-generic/fcntl.h}. */
    private static final int READ_WRITE_CLOEXEC = 0x80002;

    /** {@code O_PATH | O_CLOEXEC} of {@code include/uapi/asm-generic/fcntl.h}. */
    private static final int PATH_CLOEXEC = 0x280000;

    /** The thread's working directory in place of a descriptor, {@code AT_FDCWD}. */
    public static final int WORKING_DIRECTORY = AT_FDCWD;

    /** The name of {@link #openPlaceWithoutMagicLinks} in errors. */
    public static final String LOOKUP = "openat2";

    /** {@code struct open_how} of {@code include/uapi/linux/openat2.h}: flags, mode, resolve, each of 8 bytes. */
    private static final int OPEN_HOW_SIZE = 24;

    private static final int OPEN_HOW_RESOLVE = 16;
    private static final int RESOLVE_NO_MAGICLINKS = 2;

    /** {@code AT_EMPTY_PATH} of {@code include/uapi/linux/fcntl.h}. */
    private static final int EMPTY_PATH = 0x1000;

    /** {@code STATX_UID} of {@code include/uapi/linux/stat.h}, and where it stands in {@code struct statx}. */
    private static final int STATX_UID = 8;

    private static final int STATX_UID_PLACE = 20;

    /** {@code STATX_BASIC_STATS}: what stat(2) shows. */
    private static final int STATX_BASIC = 0x7ff;

    private static final int STATX_SIZE = 256;

    /** {@code include/uapi/linux/close_range.h}. */
    private static final int CLOSE_RANGE_CLOEXEC = 4;

    /** {@code include/uapi/asm-generic/fcntl.h}. */
    private static final int F_SETFD = 2;

    /** {@code include/uapi/linux/fcntl.h}. */
    private static final int F_DUPFD_CLOEXEC = 1030;

    /** {@code RLIMIT_NOFILE} of {@code include/uapi/asm-generic/resource.h}. */
    private static final int RLIMIT_NOFILE = 7;

    /** {@code include/uapi/linux/kcmp.h}. */
    private static final int KCMP_FILE = 0;

    /** {@code CLONE_FS} of {@code include/uapi/linux/sched.h}. */
    private static final int CLONE_FS = 0x200;

    /** An id that no user and no group has: setfsuid(2) and setfsgid(2) then only return the present one. */
    private static final long NO_ID = -1;

    /** {@code include/uapi/asm-generic/signal-defs.h}. */
    private static final int SIG_BLOCK = 0;

    private static final int SIG_SETMASK = 2;

    /** {@code include/uapi/asm-generic/ioctls.h}. */
    private static final int TIOCGPGRP = 0x540f;

    private static final int TIOCSPGRP = 0x5410;

    /** {@code WUNTRACED} of {@code include/uapi/linux/wait.h}. */
    private static final int STOPPED_TOO = 2;

    /** {@code MNT_DETACH | UMOUNT_NOFOLLOW} of {@code include/linux/fs.h}. */
    private static final int DETACH_NOFOLLOW = 2 | 8;

    /** {@code sizeof(struct statfs)} is 120; the type comes first. */
    private static final int STATFS_SIZE = 256;

    private final SyscallNumbers numbers;
    private final SyscallNumbers.OfSockets socketNumbers;
    private final Linkage syscall;
    private final MemorySegment state = Linkage.newState();

    Syscalls(Architecture architecture, Linkage syscall) {
        this.numbers = architecture.numbers();
        this.socketNumbers = architecture.sockets();
        this.syscall = syscall;
    }

    /** bpf(2). Returns what the command returns, a file descriptor for most. */
    public int bpf(Bpf command, NativeBuffer attr, int size) throws SyscallException {
        return (int) call(command.call, size, numbers.bpf(), command.number, attr.address(), size, 0, 0);
    }

    /** bpf(2) with common attributes, {@code BPF_COMMON_ATTRS}; see {@link #bpf(Bpf, NativeBuffer, int)}. */
    public int bpf(Bpf command, NativeBuffer attr, int size, NativeBuffer common) throws SyscallException {
        return bpf(command, attr, size, common.address(), (int) common.size());
    }

    private int bpf(Bpf command, NativeBuffer attr, int size, long common, int commonSize) throws SyscallException {
        long word = command.number | CommandWord.COMMON_ATTRS;
        return (int) call(command.call, size, numbers.bpf(), word, attr.address(), size, common, commonSize);
    }

    /**
     * Asks the kernel as libbpf does: a kernel that knows {@code BPF_COMMON_ATTRS} (Linux 7.2) reads the common attributes first, here at
     * the address 0, and gives {@code EFAULT}; an older one gives {@code EINVAL}.
     */
    public boolean knowsCommonAttributes() {
        try (NativeScope scope = NativeScope.open()) {
            bpf(Bpf.PROG_LOAD, scope.allocate(ProgLoadAttr.SIZE), ProgLoadAttr.SIZE, 0, CommonAttr.SIZE);
            return false;
        } catch (SyscallException e) {
            return e.errno() == Errnos.EFAULT;
        }
    }

    /** seccomp(2). */
    public int seccomp(String what, int operation, int flags, long argument) throws SyscallException {
        return (int) call(what, 0, numbers.seccomp(), operation, flags, argument, 0, 0);
    }

    /** ioctl(2). A signal is not waited out: the requests of seccomp are not to be repeated blindly. */
    public int ioctl(String what, int fd, int request, NativeBuffer argument) throws SyscallException {
        return (int) call(what, 0, numbers.ioctl(), fd, request & 0xffffffffL, argument.address(), 0, 0);
    }

    /** ioctl(2) with a number as its argument. */
    public int ioctl(String what, int fd, int request, long argument) throws SyscallException {
        return (int) call(what, 0, numbers.ioctl(), fd, request & 0xffffffffL, argument, 0, 0);
    }

    /** prctl(2) with one argument. */
    public int prctl(String what, int option, long argument) throws SyscallException {
        return (int) call(what, 0, numbers.prctl(), option, argument, 0, 0, 0);
    }

    /** prctl(2) {@code PR_SET_DUMPABLE}: only who may trace every process may look into this one. */
    public void hideFromOthers() throws SyscallException {
        prctl("prctl(PR_SET_DUMPABLE)", SET_DUMPABLE, 0);
    }

    /** openat(2) of a file to read and write, the path from the root on. */
    public int openReadWrite(NativeBuffer path) throws SyscallException {
        return (int) call("openat", 0, numbers.openat(), AT_FDCWD, path.address(), READ_WRITE_CLOEXEC, 0, 0);
    }

    /** pread(2) from a place; returns how many bytes were read. */
    public long readAt(int fd, long from, NativeBuffer to, long size) throws SyscallException {
        requireRoom(to, size);
        return call("pread", size, numbers.pread(), fd, to.address(), size, from, 0);
    }

    /** pwrite(2) to a place; returns how many bytes were written. */
    public long writeAt(int fd, long to, NativeBuffer from, long size) throws SyscallException {
        requireRoom(from, size);
        return call("pwrite", size, numbers.pwrite(), fd, from.address(), size, to, 0);
    }

    private static void requireRoom(NativeBuffer own, long size) {
        if (size > own.size()) {
            throw new IllegalArgumentException(size + " bytes do not fit into " + own.size());
        }
    }

    /** pidfd_open(2) of a thread. Kernels before 6.9 know those of whole processes only, and give {@code EINVAL}. */
    public int openThread(int tid) throws SyscallException {
        return (int) call("pidfd_open", 0, numbers.pidfdOpen(), tid, PIDFD_THREAD, 0, 0, 0);
    }

    /** pidfd_open(2) of a process. */
    public int openProcess(int pid) throws SyscallException {
        return (int) call("pidfd_open", 0, numbers.pidfdOpen(), pid, 0, 0, 0, 0);
    }

    /** pidfd_getfd(2): a descriptor for what theirs refers to. The kernel closes it on exec. */
    public int duplicate(int pidfd, int theirs) throws SyscallException {
        return (int) call("pidfd_getfd", 0, numbers.pidfdGetfd(), pidfd, theirs, 0, 0, 0);
    }

    /** capget(2) of the thread that the header names, 0 for the calling one. */
    public void capget(NativeBuffer header, NativeBuffer data) throws SyscallException {
        call("capget", 0, numbers.capget(), header.address(), data.address(), 0, 0, 0);
    }

    /** capset(2) of this thread. */
    public void capset(NativeBuffer header, NativeBuffer data) throws SyscallException {
        call("capset", 0, numbers.capset(), header.address(), data.address(), 0, 0, 0);
    }

    /** wait4(2): waits for a child to end and returns its wait status. */
    public int waitFor(int pid) throws SyscallException {
        return waitFor(pid, 0);
    }

    /** wait4(2) {@code WUNTRACED}: waits for a child to end or to be stopped by a signal and returns its wait status. */
    public int waitForChange(int pid) throws SyscallException {
        return waitFor(pid, STOPPED_TOO);
    }

    private int waitFor(int pid, int options) throws SyscallException {
        NativeBuffer status = NativeScope.automatic().allocate(4);
        long waited;
        do {
            waited = raw(numbers.wait4(), pid, status.address(), options, 0, 0);
        } while (waited < 0 && Linkage.errno(state) == Errnos.EINTR);
        checked("wait4", 0, waited);
        return status.getInt(0);
    }

    /** kill(2). */
    public void kill(int pid, int signal) throws SyscallException {
        call("kill", 0, numbers.kill(), pid, signal, 0, 0, 0);
    }

    /** tgkill(2) of the calling thread: it has done what the signal makes it do when this returns. */
    void signalThisThread(int signal) throws SyscallException {
        call("tgkill", 0, numbers.tgkill(), ProcessHandle.current().pid(), gettid(), signal, 0, 0);
    }

    /** gettid(2). */
    public int gettid() {
        return (int) raw(numbers.gettid(), 0, 0, 0, 0, 0);
    }

    /** close_range(2) {@code CLOSE_RANGE_CLOEXEC}: of this process's descriptors from one upwards no command gets any. */
    public void closeOnExec(int from) throws SyscallException {
        closeOnExec(from, 0xffffffffL);
    }

    /** close_range(2) {@code CLOSE_RANGE_CLOEXEC}: of these descriptors no command gets any. */
    public void closeOnExec(int from, long to) throws SyscallException {
        call("close_range", 0, numbers.closeRange(), from, to, CLOSE_RANGE_CLOEXEC, 0, 0);
    }

    /** fcntl(2) {@code F_SETFD}: a command gets this descriptor; with {@code EBADF} when there is none. */
    public void keepOnExec(int fd) throws SyscallException {
        call("fcntl(F_SETFD)", 0, numbers.fcntl(), fd, F_SETFD, 0, 0, 0);
    }

    /**
     * rt_sigaction(2).
     *
     * @param before takes what the signal did before
     */
    public void sigaction(int signal, NativeBuffer action, NativeBuffer before, int setSize) throws SyscallException {
        call("rt_sigaction", 0, numbers.rtSigaction(), signal, action.address(), before.address(), setSize, 0);
    }

    /** rt_sigprocmask(2) {@code SIG_BLOCK}: what the set names waits, for the calling thread and those that it starts. */
    public void blockSignals(NativeBuffer set) throws SyscallException {
        call("rt_sigprocmask", 0, numbers.rtSigprocmask(), SIG_BLOCK, set.address(), 0, set.size(), 0);
    }

    /** rt_sigprocmask(2) {@code SIG_SETMASK}: exactly what the set names waits, for the calling thread and those that it starts. */
    void setBlockedSignals(NativeBuffer set) throws SyscallException {
        call("rt_sigprocmask", 0, numbers.rtSigprocmask(), SIG_SETMASK, set.address(), 0, set.size(), 0);
    }

    /** execve(2): returns only by an exception. All threads but this one end, and this one keeps its filter. */
    void execute(NativeBuffer path, NativeBuffer arguments, long environment) throws SyscallException {
        call("execve", 0, numbers.execve(), path.address(), arguments.address(), environment, 0, 0);
    }

    /**
     * kcmp(2) {@code KCMP_FILE}: returns whether two descriptors of this process refer to one open file.
     *
     * @throws SyscallException with {@code ENOSYS} where the kernel has no such call
     */
    public boolean isSameFile(int first, int second) throws SyscallException {
        long self = ProcessHandle.current().pid();
        return call("kcmp", 0, numbers.kcmp(), self, self, KCMP_FILE, first, second) == 0;
    }

    /** fcntl(2) {@code F_DUPFD_CLOEXEC}: another descriptor of this process for the same open file. */
    public int duplicateOwn(int fd) throws SyscallException {
        return (int) call("fcntl(F_DUPFD_CLOEXEC)", 0, numbers.fcntl(), fd, F_DUPFD_CLOEXEC, 0, 0, 0);
    }

    /** close(2). Whatever it returns, the descriptor is gone. */
    public void close(int fd) {
        raw(numbers.close(), fd, 0, 0, 0, 0);
    }

    /**
     * Closes what a descriptor refers to and keeps its number: from now on it refers to a place that no operation works on. Whoever
     * still uses the number gets {@code EBADF}, and never a file that was opened later.
     */
    public void retire(int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            int nothing = openPlace(scope.text("/"));
            try {
                call("dup3", 0, numbers.dup3(), nothing, fd, CLOEXEC, 0, 0);
            } finally {
                close(nothing);
            }
        }
    }

    /** openat(2), read(2), close(2): the beginning of a file; returns how many bytes. */
    public int readFile(NativeBuffer path, NativeBuffer to) throws SyscallException {
        int fd = (int) call("openat", 0, numbers.openat(), AT_FDCWD, path.address(), READ_ONLY_CLOEXEC, 0, 0);
        try {
            return (int) call("read", to.size(), numbers.read(), fd, to.address(), to.size(), 0, 0);
        } finally {
            close(fd);
        }
    }

    /** pread(2) from the beginning; returns how many bytes. */
    public int readAgain(int fd, NativeBuffer to) throws SyscallException {
        return (int) call("pread", to.size(), numbers.pread(), fd, to.address(), to.size(), 0, 0);
    }

    /** readlinkat(2); returns how many bytes the target has, cut to the size of the buffer. */
    public int readLink(NativeBuffer path, NativeBuffer to) throws SyscallException {
        return readLink(AT_FDCWD, path, to);
    }

    /** readlinkat(2) of a path from a directory on; see {@link #readLink(NativeBuffer, NativeBuffer)}. */
    public int readLink(int directory, NativeBuffer path, NativeBuffer to) throws SyscallException {
        return (int) call("readlinkat", 0, numbers.readlinkat(), directory, path.address(), to.address(), to.size(), 0);
    }

    /** openat(2), to read, of a path from a directory on. */
    public int open(int directory, NativeBuffer path) throws SyscallException {
        return (int) call("openat", 0, numbers.openat(), directory, path.address(), READ_ONLY_CLOEXEC, 0, 0);
    }

    /** statx(2): the id of the user who owns what a descriptor refers to, unsigned. */
    public long owner(int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer nothing = scope.allocate(1);
            NativeBuffer status = scope.allocate(STATX_SIZE);
            call("statx", 0, numbers.statx(), fd, nothing.address(), EMPTY_PATH, STATX_UID, status.address());
            return status.getInt(STATX_UID_PLACE) & 0xffffffffL;
        }
    }

    /** statx(2) of what a path leads to, also through links: {@code struct statx} with what stat(2) shows. */
    public NativeBuffer status(NativeScope scope, NativeBuffer path) throws SyscallException {
        NativeBuffer status = scope.allocate(STATX_SIZE);
        call("statx", 0, numbers.statx(), AT_FDCWD, path.address(), 0, STATX_BASIC, status.address());
        return status;
    }

    /** openat(2) of a path, to read. */
    public int openToRead(NativeBuffer path) throws SyscallException {
        return open(AT_FDCWD, path);
    }

    /** openat(2) of a place, for use as a place only. */
    public int openPlace(NativeBuffer path) throws SyscallException {
        return (int) call("openat", 0, numbers.openat(), AT_FDCWD, path.address(), PATH_CLOEXEC, 0, 0);
    }

    /**
     * openat2(2) with {@code O_PATH} and {@code RESOLVE_NO_MAGICLINKS}: a place, as {@link #openPlace} does, but with {@code ELOOP} where
     * the path leads through a link of {@code /proc} to what a process has open, to its root or its working directory.
     *
     * @param directory where a relative path begins; {@link #WORKING_DIRECTORY} for the thread's own
     */
    public int openPlaceWithoutMagicLinks(int directory, NativeBuffer path) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer how = scope.allocate(OPEN_HOW_SIZE);
            how.putLong(0, PATH_CLOEXEC);
            how.putLong(OPEN_HOW_RESOLVE, RESOLVE_NO_MAGICLINKS);
            return (int) call(LOOKUP, 0, numbers.openat2(), directory, path.address(), how.address(), OPEN_HOW_SIZE, 0);
        }
    }

    /** unshare(2): what the calling thread, or what it starts from now on, has for itself. */
    public void unshare(int what) throws SyscallException {
        call("unshare", 0, numbers.unshare(), what, 0, 0, 0, 0);
    }

    /** setns(2): the namespace that a descriptor refers to. */
    public void setNamespace(int fd, int kind) throws SyscallException {
        call("setns", 0, numbers.setns(), fd, kind, 0, 0, 0);
    }

    /** mount(2) without a source: changes how an existing mount propagates. */
    public void changePropagation(NativeBuffer target, long flags) throws SyscallException {
        call("mount", 0, numbers.mount(), 0, target.address(), 0, flags, 0);
    }

    /** umount2(2) {@code MNT_DETACH}: takes the topmost mount of a place away, with all that is mounted below it. */
    public void detachMount(NativeBuffer target) throws SyscallException {
        call("umount2", 0, numbers.umount2(), target.address(), DETACH_NOFOLLOW, 0, 0, 0);
    }

    /** fstatfs(2): the type of the file system that a descriptor refers to, {@code include/uapi/linux/magic.h}. */
    public long fileSystemType(int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer status = scope.allocate(STATFS_SIZE);
            call("fstatfs", 0, numbers.fstatfs(), fd, status.address(), 0, 0, 0);
            return status.getLong(0);
        }
    }

    /** pipe2(2), closed on exec: the descriptors to read from and to write to. */
    public int[] pipe() throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer ends = scope.allocate(2L * Integer.BYTES);
            call("pipe2", 0, numbers.pipe2(), ends.address(), READ_ONLY_CLOEXEC, 0, 0, 0);
            return new int[] {ends.getInt(0), ends.getInt(Integer.BYTES)};
        }
    }

    /**
     * ppoll(2).
     *
     * @param descriptors an array of {@code struct pollfd}; takes what happened
     * @param count how many
     * @param longest the address of a {@code struct timespec}, how long to wait; 0 for ever
     * @throws SyscallException with {@code EINTR} after a signal
     */
    public void poll(NativeBuffer descriptors, int count, long longest) throws SyscallException {
        call("ppoll", 0, numbers.ppoll(), descriptors.address(), count, longest, 0, 0);
    }

    /** prlimit(2) of this process: raises how many files it may have open as far as it may, and returns that. */
    public long raiseFileLimit() throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer limits = scope.allocate(2L * Long.BYTES);
            call("prlimit", 0, numbers.prlimit(), 0, RLIMIT_NOFILE, 0, limits.address(), 0);
            limits.putLong(0, limits.getLong(Long.BYTES));
            call("prlimit", 0, numbers.prlimit(), 0, RLIMIT_NOFILE, limits.address(), 0, 0);
            return limits.getLong(Long.BYTES);
        }
    }

    /** unshare(2): from now on the root and the working directory of the calling thread are its own. */
    public void unsharePlaces() throws SyscallException {
        unshare(CLONE_FS);
    }

    /** fchdir(2). */
    public void changeDirectory(int place) throws SyscallException {
        call("fchdir", 0, numbers.fchdir(), place, 0, 0, 0, 0);
    }

    /** chroot(2) to the working directory. */
    public void changeRoot(NativeBuffer path) throws SyscallException {
        call("chroot", 0, numbers.chroot(), path.address(), 0, 0, 0, 0);
    }

    /** setgroups(2), setfsgid(2) and setfsuid(2): whose files the calling thread may use; with {@code EPERM} when it may not. */
    public void useFilesAs(long uid, long gid, NativeBuffer groups, int groupCount) throws SyscallException {
        call("setgroups", 0, numbers.setgroups(), groupCount, groups.address(), 0, 0, 0);
        raw(numbers.setfsgid(), gid, 0, 0, 0, 0);
        raw(numbers.setfsuid(), uid, 0, 0, 0, 0);
        boolean both = (int) raw(numbers.setfsgid(), NO_ID, 0, 0, 0, 0) == (int) gid
                && (int) raw(numbers.setfsuid(), NO_ID, 0, 0, 0, 0) == (int) uid;
        if (!both) {
            throw new SyscallException("setfsuid", Errnos.EPERM, 0);
        }
    }

    /** getpgid(2) of this process. */
    public int processGroup() throws SyscallException {
        return (int) call("getpgid", 0, numbers.getpgid(), 0, 0, 0, 0, 0);
    }

    /** ioctl(2) {@code TIOCGPGRP}: the foreground process group of a terminal, which controls this process. */
    public int foregroundGroup(int terminal) throws SyscallException {
        NativeBuffer group = NativeScope.automatic().allocate(4);
        ioctl("ioctl(TIOCGPGRP)", terminal, TIOCGPGRP, group);
        return group.getInt(0);
    }

    /** ioctl(2) {@code TIOCSPGRP}: puts a process group of this session into the foreground of its terminal. */
    public void putInForeground(int terminal, int group) throws SyscallException {
        NativeBuffer argument = NativeScope.automatic().allocate(4);
        argument.putInt(0, group);
        ioctl("ioctl(TIOCSPGRP)", terminal, TIOCSPGRP, argument);
    }

    /** mmap(2) of memory that costs nothing until it is written. */
    Mapping map(long size) throws SyscallException {
        long address = checked(
                "mmap",
                size,
                syscall.call(state, numbers.mmap(), 0, size, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE, -1, 0));
        return new Mapping(this, address, size);
    }

    void unmap(long address, long size) {
        raw(numbers.munmap(), address, size, 0, 0, 0);
    }

    /** Returns the system calls about sockets, for the same thread. */
    public Sockets sockets() {
        return new Sockets(this, socketNumbers);
    }

    long call(String what, long size, int number, long a, long b, long c, long d, long e) throws SyscallException {
        return checked(what, size, raw(number, a, b, c, d, e));
    }

    private long raw(int number, long a, long b, long c, long d, long e) {
        return syscall.call(state, number, a, b, c, d, e, 0);
    }

    private long checked(String what, long size, long result) throws SyscallException {
        if (result == -1) {
            throw new SyscallException(what, Linkage.errno(state), size);
        }
        return result;
    }
}
