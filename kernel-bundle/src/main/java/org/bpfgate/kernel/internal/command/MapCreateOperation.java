package org.bpfgate.kernel.internal.command;

import static org.bpfgate.kernel.internal.syscall.OtherAttr.*;

import java.util.Objects;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.object.ClientToken;
import org.bpfgate.kernel.internal.object.Tokens;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.MapCreation;
import org.jspecify.annotations.Nullable;

/**
 * {@code BPF_MAP_CREATE}. The modules are asked before the map is made, so that nobody ever finds a denied one by its id.
 */
final class MapCreateOperation implements MediatedOperation {
    /** {@code BPF_MAP_TYPE_ARRAY_OF_MAPS} and {@code BPF_MAP_TYPE_HASH_OF_MAPS} of {@code include/uapi/linux/bpf.h}. */
    private static final int ARRAY_OF_MAPS = 12;

    private static final int HASH_OF_MAPS = 13;

    /** {@code SHA256_DIGEST_SIZE}: a hash of another size is refused before it is read. */
    private static final int HASH_SIZE = 32;

    private final CommandRequest request;
    private final BpfMap map;
    private @Nullable ClientToken token;

    MapCreateOperation(CommandRequest request) {
        this.request = request;
        NativeBuffer attr = request.attr();
        map = new BpfMap(
                attr.getText(MAP_NAME, ProgLoadAttr.NAME_SIZE),
                attr.getInt(MAP_TYPE),
                attr.getInt(KEY_SIZE),
                attr.getInt(VALUE_SIZE),
                attr.getInt(MAX_ENTRIES),
                attr.getInt(MAP_FLAGS));
    }

    @Override
    public HookResult preCheck() throws SyscallException {
        if (Tokens.Place.MAP.isIn(request.attr())) {
            request.takeFd(MAP_TOKEN_FD);
        }
        ClientToken checked = new Tokens(request.syscalls(), request.rights(), request.hooks())
                .in(request.attr(), Tokens.Place.MAP, request.client());
        token = checked;
        return request.hooks().bpfMapCreate(new MapCreation(map, checked.token(), LoadOrigin.USER));
    }

    @Override
    public int execute() throws SyscallException {
        ClientToken checked = Objects.requireNonNull(token, "preCheck() comes first");
        replaceFds();
        copyHash();
        try {
            return request.perform(Syscalls.Bpf.MAP_CREATE, checked.capabilities());
        } catch (SyscallException e) {
            throw checked.explain(e);
        }
    }

    /** The fields hold descriptors only where the kernel takes them for such. */
    private void replaceFds() throws SyscallException {
        NativeBuffer attr = request.attr();
        if (map.type() == ARRAY_OF_MAPS || map.type() == HASH_OF_MAPS) {
            request.takeFd(INNER_MAP_FD);
        }
        int types =
                attr.getInt(BTF_KEY_TYPE_ID) | attr.getInt(BTF_VALUE_TYPE_ID) | attr.getInt(BTF_VMLINUX_VALUE_TYPE_ID);
        if (types != 0) {
            request.takeFd(BTF_FD);
        }
        if (request.hasFlag(MAP_FLAGS, VTYPE_BTF_OBJ_FD_FLAG)) {
            request.takeFd(VALUE_TYPE_BTF_OBJ_FD);
        }
    }

    private void copyHash() throws SyscallException {
        NativeBuffer attr = request.attr();
        long hash = attr.getLong(EXCL_PROG_HASH);
        if (hash != 0) {
            NativeBuffer copy = request.scope().allocate(HASH_SIZE);
            if (attr.getInt(EXCL_PROG_HASH_SIZE) == HASH_SIZE) {
                request.memory().read(hash, copy, HASH_SIZE);
            }
            attr.putLong(EXCL_PROG_HASH, copy.address());
        }
    }

    @Override
    public HookResult postCheck(int fd) {
        return request.hooks().bpfMap(map, request.fileMode(MAP_FLAGS));
    }

    @Override
    public String object() {
        return map.toString();
    }

    @Override
    public void close() {
        request.hooks().bpfMapFree(map);
        if (token != null) {
            token.close();
        }
    }
}
