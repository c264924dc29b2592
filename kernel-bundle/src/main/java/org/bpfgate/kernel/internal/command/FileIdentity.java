package org.bpfgate.kernel.internal.command;

import java.util.List;
import org.bpfgate.kernel.internal.client.ProcStatus;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The user and groups with which a thread uses files.
 *
 * @param uid {@code fsuid}
 * @param gid {@code fsgid}
 * @param groups the supplementary groups
 */
record FileIdentity(long uid, long gid, List<Integer> groups) {
    static FileIdentity of(Syscalls syscalls, int tid) throws SyscallException {
        return parse(ProcStatus.of(syscalls, tid));
    }

    /** The last of four ids counts. */
    static FileIdentity parse(ProcStatus status) {
        String groups = status.line("Groups").strip();
        return new FileIdentity(
                Long.parseLong(status.line("Uid").split("\t", 4)[3]),
                Long.parseLong(status.line("Gid").split("\t", 4)[3]),
                groups.isEmpty()
                        ? List.of()
                        : List.of(groups.split(" ")).stream()
                                .map(Integer::parseUnsignedInt)
                                .toList());
    }

    /** Lets the calling thread use files as this one does; with {@code EPERM} when it may not. */
    void takeOn(Syscalls syscalls) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer list = scope.allocate(Math.max(1, 4L * groups.size()));
            for (int i = 0; i < groups.size(); i++) {
                list.putInt(4L * i, groups.get(i));
            }
            syscalls.useFilesAs(uid, gid, list, groups.size());
        }
    }
}
