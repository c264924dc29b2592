package org.bpfgate.kernel.internal.object;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;

/**
 * What the kernel reports about a loaded program, {@code struct bpf_prog_info} of {@code include/uapi/linux/bpf.h}.
 *
 * @param type the number of the program type
 * @param id the kernel's number for it
 * @param name its name; empty when it has none
 * @param tag its tag, 16 hexadecimal digits
 * @param instructions what the verifier made of the instructions; empty when the gate may not see them
 * @param mapIds the ids of the maps that it uses
 */
public record ProgInfo(
        int type, int id, String name, String tag, Optional<Instructions> instructions, List<Integer> mapIds) {
    /** {@code sizeof(struct bpf_prog_info)} of 6.18. */
    static final int INFO_SIZE = 232;

    static final int ID = 4;
    static final int TAG = 8;
    static final int TAG_SIZE = 8;
    private static final int XLATED_LENGTH = 20;
    private static final int XLATED = 32;
    static final int MAP_COUNT = 52;
    static final int MAP_IDS = 56;
    static final int NAME = 64;

    /**
     * Asks for a program.
     *
     * @throws SyscallException with {@code EBADF} or {@code EINVAL} when the descriptor is not that of a program
     */
    public static ProgInfo of(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer sizes = scope.allocate(INFO_SIZE);
            ObjectInfo.query(syscalls, scope, fd, sizes);
            int length = sizes.getInt(XLATED_LENGTH);
            int maps = sizes.getInt(MAP_COUNT);
            NativeBuffer info = scope.allocate(INFO_SIZE);
            NativeBuffer code = scope.allocate(Math.max(1, length));
            NativeBuffer ids = scope.allocate(Math.max(1, 4L * maps));
            info.putInt(XLATED_LENGTH, length);
            info.putLong(XLATED, code.address());
            info.putInt(MAP_COUNT, maps);
            info.putLong(MAP_IDS, ids.address());
            ObjectInfo.query(syscalls, scope, fd, info);
            String tag = HexFormat.of().formatHex(info.getBytes(TAG, TAG_SIZE));
            return new ProgInfo(
                    info.getInt(0),
                    info.getInt(ID),
                    info.getText(NAME, ProgLoadAttr.NAME_SIZE),
                    tag,
                    length == 0 || info.getLong(XLATED) == 0
                            ? Optional.empty()
                            : Optional.of(rewritten(code.getBytes(0, info.getInt(XLATED_LENGTH)), tag)),
                    numbers(ids, info.getInt(MAP_COUNT)));
        }
    }

    private static Instructions rewritten(byte[] code, String tag) {
        String reason = "the kernel has rewritten the instructions; their tag was " + tag;
        return Instructions.unlinked(code, RelocationState.PENDING, reason);
    }

    private static List<Integer> numbers(NativeBuffer from, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(from.getInt(4L * i));
        }
        return numbers;
    }
}
