package org.bpfgate.kernel.internal.object;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** Finds out about a map what {@link MapInfo} does not report. */
public final class MapProbe {
    /** What the kernel calls the files behind descriptors of maps: {@code bpf_map_new_fd()}. */
    private static final String MAP_FILE = "anon_inode:bpf-map";

    /** {@code bpf_prog_new_fd()}. */
    private static final String PROGRAM_FILE = "anon_inode:bpf-prog";

    /** {@code __btf_new_fd()}. */
    private static final String TYPES_FILE = "anon_inode:btf";

    /** {@code BPF_MAP_TYPE_ARRAY} of {@code include/uapi/linux/bpf.h}. */
    private static final int ARRAY = 2;

    /** More than any signed loader has; contents are read into the heap. */
    private static final long MOST_CONTENTS = 16L << 20;

    /** Bytes of the attributes of a lookup: fd, key, value, flags. */
    private static final int ELEM_SIZE = 32;

    private static final int LINK_SIZE = 64;
    private static final int FDINFO_SIZE = 4096;

    private MapProbe() {}

    /** Returns whether a descriptor is that of a map. */
    public static boolean isMap(Syscalls syscalls, int fd) {
        return is(MAP_FILE, syscalls, fd);
    }

    /** Returns whether a descriptor is that of a program. */
    public static boolean isProgram(Syscalls syscalls, int fd) {
        return is(PROGRAM_FILE, syscalls, fd);
    }

    /** Returns whether a descriptor is that of types. */
    public static boolean isBtf(Syscalls syscalls, int fd) {
        return is(TYPES_FILE, syscalls, fd);
    }

    private static boolean is(String file, Syscalls syscalls, int fd) {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer link = scope.allocate(LINK_SIZE);
            int length = syscalls.readLink(scope.text("/proc/self/fd/" + fd), link);
            return new String(link.getBytes(0, length), StandardCharsets.US_ASCII).equals(file);
        } catch (SyscallException e) {
            return false;
        }
    }

    /** Returns what the kernel reports about a map; {@link MapInfo#NONE} when the descriptor is no map's. */
    public static MapInfo info(Syscalls syscalls, int fd) {
        try {
            return isMap(syscalls, fd) ? MapInfo.of(syscalls, fd) : MapInfo.NONE;
        } catch (SyscallException e) {
            return MapInfo.NONE;
        }
    }

    /** Returns whether a map is frozen, by the line that {@code bpf_map_show_fdinfo()} writes. */
    public static boolean isFrozen(Syscalls syscalls, int fd) {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer text = scope.allocate(FDINFO_SIZE);
            int length = syscalls.readFile(scope.text("/proc/self/fdinfo/" + fd), text);
            return text.getText(0, length).contains("\nfrozen:\t1\n");
        } catch (SyscallException e) {
            return false;
        }
    }

    /**
     * Returns whether a map is exclusive to some program. The kernel does not report it, but it refuses, with {@code EACCES}, such a
     * map to a program with another digest, and this tries one that nobody would sign.
     */
    public static boolean isExclusive(Syscalls syscalls, int fd) {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer code = scope.allocate(32);
            code.putInt(0, 0x1118); // r1 = the map
            code.putInt(4, fd);
            code.putInt(16, 0xb7); // r0 = 0
            code.putInt(24, 0x95); // exit
            NativeBuffer attr = scope.allocate(ProgLoadAttr.SIZE);
            attr.putInt(ProgLoadAttr.PROG_TYPE, 1);
            attr.putInt(ProgLoadAttr.INSN_CNT, 4);
            attr.putLong(ProgLoadAttr.INSNS, code.address());
            attr.putLong(ProgLoadAttr.LICENSE, scope.text("GPL").address());
            syscalls.close(syscalls.bpf(Syscalls.Bpf.PROG_LOAD, attr, ProgLoadAttr.SIZE));
            return false;
        } catch (SyscallException e) {
            return e.errno() == Errnos.EACCES;
        }
    }

    /** Returns the value area of an array, each element rounded up to 8 bytes; empty for other types and very big ones. */
    public static Optional<byte[]> contents(Syscalls syscalls, int fd) {
        try {
            MapInfo info = MapInfo.of(syscalls, fd);
            return info.type() == ARRAY && info.areaSize() <= MOST_CONTENTS
                    ? Optional.of(elements(syscalls, fd, info))
                    : Optional.empty();
        } catch (SyscallException e) {
            return Optional.empty();
        }
    }

    private static byte[] elements(Syscalls syscalls, int fd, MapInfo info) throws SyscallException {
        byte[] area = new byte[(int) info.areaSize()];
        int stride = area.length / Math.max(1, info.maxEntries());
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer key = scope.allocate(4);
            NativeBuffer value = scope.allocate(Math.max(1, stride));
            NativeBuffer attr = scope.allocate(ELEM_SIZE);
            attr.putInt(0, fd);
            attr.putLong(8, key.address());
            attr.putLong(16, value.address());
            for (int i = 0; i < info.maxEntries(); i++) {
                key.putInt(0, i);
                syscalls.bpf(Syscalls.Bpf.MAP_LOOKUP_ELEM, attr, ELEM_SIZE);
                System.arraycopy(value.getBytes(0, stride), 0, area, i * stride, stride);
            }
        }
        return area;
    }
}
