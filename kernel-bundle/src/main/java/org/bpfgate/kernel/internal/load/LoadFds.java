package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.object.KernelMap;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/**
 * Replaces every file descriptor of a copied load by a duplicate of ours: in the instructions, in {@code fd_array}, in the
 * attributes. It collects the maps that the program uses.
 */
final class LoadFds implements FdReferences.Visitor {
    /** Beyond this index nobody puts a descriptor: the kernel binds 64 maps and 64 BTF objects. */
    private static final int MOST_FD_ARRAY = 4096;

    private final ClientMemory memory;
    private final ClientFds fds;
    private final LoadCopy copy;
    private final ByteBuffer code;

    /** Our descriptors by index in {@code fd_array}. */
    private final TreeMap<Integer, Integer> array = new TreeMap<>();

    /** Our descriptors of maps, in the order in which the program refers to them, and whether they are bound. */
    private final Map<Integer, Boolean> maps = new LinkedHashMap<>();

    /** Our descriptors of types of kernel modules. */
    private final Set<Integer> types = new LinkedHashSet<>();

    private boolean replacedTypes;
    private boolean callsKernel;

    private LoadFds(ClientMemory memory, ClientFds fds, LoadCopy copy) {
        this.memory = memory;
        this.fds = fds;
        this.copy = copy;
        code = ByteBuffer.wrap(copy.instructions().clone()).order(ByteOrder.nativeOrder());
    }

    /**
     * Replaces them in {@link LoadCopy#attr()} and in what that points to.
     *
     * @return what the program refers to
     */
    static References replace(Machine machine, ClientMemory memory, ClientFds fds, LoadCopy copy, NativeScope scope)
            throws SyscallException {
        LoadFds replacing = new LoadFds(memory, fds, copy);
        replacing.boundEntries();
        FdReferences.visit(replacing.code, replacing);
        copy.replaceInstructions(replacing.code.array(), !replacing.replacedTypes);
        replacing.fdArray(scope);
        replacing.attributes();
        return new References(replacing.usedMaps(machine), replacing.types, replacing.callsKernel);
    }

    /**
     * What the instructions of a program refer to.
     *
     * @param maps the maps that it uses, those bound by {@code fd_array} first
     * @param types our descriptors of types of kernel modules
     * @param callsKernel whether it calls functions of the kernel other than helpers
     */
    record References(List<KernelMap> maps, Set<Integer> types, boolean callsKernel) {}

    /** With a count given, every entry is bound to the program, whether an instruction refers to it or not. */
    private void boundEntries() throws SyscallException {
        long count = copy.original().getInt(FD_ARRAY_CNT) & 0xffffffffL;
        if (count > MOST_FD_ARRAY) {
            throw new SyscallException("bpf(PROG_LOAD)", Errnos.E2BIG, count);
        }
        for (int i = 0; i < count; i++) {
            maps.put(entry(i), true);
        }
    }

    private int entry(int index) throws SyscallException {
        if (index < 0 || index >= MOST_FD_ARRAY) {
            throw new SyscallException("bpf(PROG_LOAD)", Errnos.EINVAL, 0);
        }
        Integer known = array.get(index);
        if (known == null) {
            long place = copy.original().getLong(FD_ARRAY) + (long) index * Integer.BYTES;
            byte[] bytes = memory.read(place, Integer.BYTES);
            known = fds.take(
                    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt());
            array.put(index, known);
        }
        return known;
    }

    @Override
    public void mapFd(int offset, int fd) throws SyscallException {
        int ours = fds.take(fd);
        code.putInt(offset, ours);
        maps.putIfAbsent(ours, false);
    }

    /** The kernel's tag covers the descriptors of types: it leaves out those of maps only. */
    @Override
    public void btfFd(int offset, int fd) throws SyscallException {
        replacedTypes = true;
        int ours = fds.take(fd);
        code.putInt(offset, ours);
        types.add(ours);
    }

    @Override
    public void mapIndex(int index) throws SyscallException {
        if (copy.original().getLong(FD_ARRAY) != 0) {
            maps.putIfAbsent(entry(index), false);
        }
    }

    @Override
    public void btfIndex(int index) throws SyscallException {
        if (copy.original().getLong(FD_ARRAY) != 0) {
            types.add(entry(index));
        }
    }

    @Override
    public void kernelCall() {
        callsKernel = true;
    }

    /** Entries that nobody refers to stay 0: they may hold anything. */
    private void fdArray(NativeScope scope) {
        if (copy.original().getLong(FD_ARRAY) == 0) {
            return;
        }
        NativeBuffer ours = scope.allocate(array.isEmpty() ? 1 : (array.lastKey() + 1L) * Integer.BYTES);
        array.forEach((index, fd) -> ours.putInt((long) index * Integer.BYTES, fd));
        copy.attr().putLong(FD_ARRAY, ours.address());
    }

    /** The fields hold descriptors only where the kernel takes them for such. */
    private void attributes() throws SyscallException {
        NativeBuffer original = copy.original();
        boolean usesBtf =
                (original.getInt(FUNC_INFO_CNT) | original.getInt(LINE_INFO_CNT) | original.getInt(CORE_RELO_CNT)) != 0;
        replace(PROG_BTF_FD, usesBtf);
        replace(ATTACH_PROG_FD, original.getInt(ATTACH_PROG_FD) != 0);
        replace(PROG_TOKEN_FD, (original.getInt(PROG_FLAGS) & TOKEN_FD_FLAG) != 0);
    }

    private void replace(int field, boolean isDescriptor) throws SyscallException {
        copy.attr().putInt(field, isDescriptor ? fds.take(copy.original().getInt(field)) : 0);
    }

    private List<KernelMap> usedMaps(Machine machine) {
        List<KernelMap> used = new ArrayList<>();
        maps.forEach((fd, bound) -> {
            KernelMap map = new KernelMap(machine, fds, fd, bound);
            if (!bound || map.isMap()) {
                used.add(map);
            }
        });
        return used;
    }
}
