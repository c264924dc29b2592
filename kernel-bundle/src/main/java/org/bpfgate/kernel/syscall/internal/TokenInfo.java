package org.bpfgate.kernel.syscall.internal;

/**
 * What the kernel tells about a token, {@code struct bpf_token_info} of {@code include/uapi/linux/bpf.h}, Linux 6.17. Each mask has
 * the bit n set for the number n of its enumeration.
 *
 * @param commands {@code allowed_cmds}
 * @param maps {@code allowed_maps}
 * @param programs {@code allowed_progs}
 * @param attachments {@code allowed_attachs}
 */
public record TokenInfo(long commands, long maps, long programs, long attachments) {
    private static final int INFO_SIZE = 32;

    /**
     * Asks for a token.
     *
     * @throws SyscallException with {@code EBADF} or {@code EINVAL} when the descriptor is not that of a token, or when this kernel
     *     does not tell
     */
    public static TokenInfo of(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer info = scope.allocate(INFO_SIZE);
            ObjectInfo.query(syscalls, scope, fd, info);
            return new TokenInfo(info.getLong(0), info.getLong(8), info.getLong(16), info.getLong(24));
        }
    }
}
