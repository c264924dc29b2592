package org.bpfgate.kernel.internal.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * What {@code /proc} shows under the number of a client. It is the client's only if the client still waits afterwards, which the caller
 * asks. By plain system calls, because it is read with each request that is recorded.
 *
 * @param syscalls those of the calling thread
 * @param pid the process
 * @param tid the thread
 */
record ProcFiles(Syscalls syscalls, int pid, int tid) {
    private static final ExecutableDigests DIGESTS = new ExecutableDigests();

    /** {@code PATH_MAX}; the kernel gives no longer one. */
    private static final int PATH_SIZE = 4096;

    /** A line for each of some 14 hierarchies, of which few have a long path. */
    private static final int CGROUP_SIZE = 16 * 1024;

    /** {@code 4294967295}. */
    private static final int NUMBER_SIZE = 16;

    /** {@code AUDIT_UID_UNSET} and {@code AUDIT_SID_UNSET} of {@code include/uapi/linux/audit.h}. */
    private static final String UNSET = "4294967295";

    /** Returns the path of the executable. */
    Optional<String> executable() {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer target = scope.allocate(PATH_SIZE);
            int length = syscalls.readLink(scope.text(exe()), target);
            return Optional.of(new String(target.getBytes(0, length), StandardCharsets.UTF_8));
        } catch (SyscallException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the SHA-256 of the executable, through the link itself, so that a file put in the place of the one that runs does not count.
     *
     * @param client asked while the file is read, which may be of any size
     */
    Optional<String> executableSha256(StillWaiting client) {
        try {
            return Optional.of(DIGESTS.of(syscalls, Path.of(exe()), client));
        } catch (IOException | SyscallException e) {
            return Optional.empty();
        }
    }

    private String exe() {
        return "/proc/" + pid + "/exe";
    }

    /** Returns the systemd unit. */
    Optional<String> unit() {
        try {
            return SystemdUnit.in(text(syscalls, "/proc/" + pid + "/cgroup", CGROUP_SIZE));
        } catch (SyscallException e) {
            return Optional.empty();
        }
    }

    /** Returns the numbers of the thread that the kernel's audit records show. */
    Optional<ProcessIds> ids() {
        try {
            ProcStatus status = ProcStatus.of(syscalls, tid);
            return Optional.of(new ProcessIds(
                    status.line("PPid"),
                    number("loginuid"),
                    number("sessionid"),
                    List.of(status.line("Uid").split("\t", -1)),
                    List.of(status.line("Gid").split("\t", -1))));
        } catch (SyscallException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** A kernel without auditing has no such files. */
    private String number(String name) {
        try {
            return text(syscalls, "/proc/" + tid + "/" + name, NUMBER_SIZE).strip();
        } catch (SyscallException e) {
            return UNSET;
        }
    }

    /**
     * Reads a file of {@code /proc}, which the kernel gives with the first read(2) as far as there is room.
     *
     * @param most bytes of it
     */
    static String text(Syscalls syscalls, String path, int most) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer text = scope.allocate(most);
            int length = syscalls.readFile(scope.text(path), text);
            return new String(text.getBytes(0, length), StandardCharsets.UTF_8);
        }
    }
}
