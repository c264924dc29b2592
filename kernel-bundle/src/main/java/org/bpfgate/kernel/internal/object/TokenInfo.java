package org.bpfgate.kernel.internal.object;

import java.util.Optional;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * What the kernel reports about a token: the lines that {@code bpf_token_show_fdinfo()} writes, Linux 6.9. Each mask has the bit n set
 * for the number n of its enumeration; all bits, where the kernel says {@code any}.
 *
 * @param commands {@code allowed_cmds}
 * @param maps {@code allowed_maps}
 * @param programs {@code allowed_progs}
 * @param attachments {@code allowed_attachs}
 */
public record TokenInfo(long commands, long maps, long programs, long attachments) {
    private static final int FDINFO_SIZE = 4096;
    private static final String ANY = "any";
    private static final int HEX = 16;

    /**
     * Asks for a token.
     *
     * @return empty when the descriptor is not that of a token
     * @throws SyscallException when {@code /proc} cannot be read
     */
    public static Optional<TokenInfo> of(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer text = scope.allocate(FDINFO_SIZE);
            int length = syscalls.readFile(scope.text("/proc/self/fdinfo/" + fd), text);
            return parse(text.getText(0, length));
        }
    }

    static Optional<TokenInfo> parse(String fdinfo) {
        return fdinfo.contains("\nallowed_cmds:\t")
                ? Optional.of(new TokenInfo(
                        mask(fdinfo, "allowed_cmds"),
                        mask(fdinfo, "allowed_maps"),
                        mask(fdinfo, "allowed_progs"),
                        mask(fdinfo, "allowed_attachs")))
                : Optional.empty();
    }

    /** A line that this kernel does not write allows nothing. */
    private static long mask(String fdinfo, String name) {
        int line = fdinfo.indexOf("\n" + name + ":\t");
        if (line < 0) {
            return 0;
        }
        int start = line + name.length() + 3;
        int end = fdinfo.indexOf('\n', start);
        String value = end < 0 ? fdinfo.substring(start) : fdinfo.substring(start, end);
        return value.equals(ANY) ? -1L : Long.parseUnsignedLong(value.substring("0x".length()), HEX);
    }
}
