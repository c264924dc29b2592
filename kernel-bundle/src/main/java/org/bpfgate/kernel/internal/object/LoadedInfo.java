package org.bpfgate.kernel.internal.object;

import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * How the kernel describes a program that it has just loaded, {@code struct bpf_prog_info} of {@code include/uapi/linux/bpf.h} without
 * the instructions, which the kernel has rewritten by then. Costs one system call.
 *
 * @param type the number of the program type
 * @param id the kernel's number for it
 * @param tag its tag, 16 hexadecimal digits
 * @param name its name; empty when it has none
 * @param mapIds the numbers of the maps that it uses
 * @param attachBtfId {@code attach_btf_id}; empty when the kernel does not report it, before Linux 5.18
 */
public record LoadedInfo(int type, int id, String tag, String name, Set<Integer> mapIds, OptionalInt attachBtfId) {
    /** {@code MAX_USED_MAPS} of {@code include/linux/bpf_verifier.h}: the verifier refuses a program that uses more. */
    private static final int MOST_MAPS = 64;

    private static final int ATTACH_BTF_ID = 224;

    /**
     * Asks for a program.
     *
     * @throws SyscallException with {@code EBADF} or {@code EINVAL} when the descriptor is not that of a program
     */
    public static LoadedInfo of(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer info = scope.allocate(ProgInfo.INFO_SIZE);
            NativeBuffer ids = scope.allocate((long) Integer.BYTES * MOST_MAPS);
            info.putInt(ProgInfo.MAP_COUNT, MOST_MAPS);
            info.putLong(ProgInfo.MAP_IDS, ids.address());
            int filled = ObjectInfo.query(syscalls, scope, fd, info);
            return new LoadedInfo(
                    info.getInt(0),
                    info.getInt(ProgInfo.ID),
                    HexFormat.of().formatHex(info.getBytes(ProgInfo.TAG, ProgInfo.TAG_SIZE)),
                    info.getText(ProgInfo.NAME, ProgLoadAttr.NAME_SIZE),
                    numbers(ids, Math.min(info.getInt(ProgInfo.MAP_COUNT), MOST_MAPS)),
                    filled >= ATTACH_BTF_ID + Integer.BYTES
                            ? OptionalInt.of(info.getInt(ATTACH_BTF_ID))
                            : OptionalInt.empty());
        }
    }

    private static Set<Integer> numbers(NativeBuffer from, int count) {
        Set<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            numbers.add(from.getInt((long) Integer.BYTES * i));
        }
        return numbers;
    }
}
