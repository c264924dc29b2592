package org.bpfgate.kernel.internal.object;

import java.util.Optional;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * What the kernel reports about a map, {@code BPF_OBJ_GET_INFO_BY_FD} with {@code struct bpf_map_info} of
 * {@code include/uapi/linux/bpf.h}.
 *
 * @param type the number of the map type
 * @param keySize bytes in a key
 * @param valueSize bytes in a value
 * @param maxEntries how many entries it can hold
 * @param flags {@code BPF_F_*} of its creation
 * @param name its name; empty when it has none
 */
public record MapInfo(int type, int keySize, int valueSize, int maxEntries, int flags, String name) {
    /** Of a map that cannot be asked about: a type that does not exist. */
    public static final MapInfo NONE = new MapInfo(0, 0, 0, 0, 0, "");

    /** {@code sizeof(struct bpf_map_info)} of 6.18. */
    private static final int INFO_SIZE = 104;

    private static final int ID = 4;
    private static final int FLAGS = 20;
    private static final int NAME = 24;
    private static final int HASH = 88;
    private static final int HASH_SIZE = 96;
    private static final int SHA256_SIZE = 32;

    /**
     * Asks for a map.
     *
     * @throws SyscallException with {@code EBADF} or {@code EINVAL} when the descriptor is not that of a map
     */
    public static MapInfo of(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer info = scope.allocate(INFO_SIZE);
            ObjectInfo.query(syscalls, scope, fd, info);
            return new MapInfo(
                    info.getInt(0),
                    info.getInt(8),
                    info.getInt(12),
                    info.getInt(16),
                    info.getInt(FLAGS),
                    info.getText(NAME, ProgLoadAttr.NAME_SIZE));
        }
    }

    /**
     * Returns the kernel's number for a map.
     *
     * @throws SyscallException as {@link #of}
     */
    public static int id(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer info = scope.allocate(INFO_SIZE);
            ObjectInfo.query(syscalls, scope, fd, info);
            return info.getInt(ID);
        }
    }

    /** Returns the kernel's own hash of a map; empty unless it is frozen and of a type that has one. */
    public static Optional<byte[]> sha256(Syscalls syscalls, int fd) {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer info = scope.allocate(INFO_SIZE);
            NativeBuffer hash = scope.allocate(SHA256_SIZE);
            info.putLong(HASH, hash.address());
            info.putInt(HASH_SIZE, SHA256_SIZE);
            ObjectInfo.query(syscalls, scope, fd, info);
            return Optional.of(hash.getBytes(0, SHA256_SIZE));
        } catch (SyscallException e) {
            return Optional.empty();
        }
    }

    /** Returns the bytes of an array map's value area, each element rounded up to 8, as the kernel hashes it. */
    public long areaSize() {
        return ((valueSize + 7L) & ~7L) * (maxEntries & 0xffffffffL);
    }
}
