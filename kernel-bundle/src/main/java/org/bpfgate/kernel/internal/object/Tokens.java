package org.bpfgate.kernel.internal.object;

import java.util.Optional;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.OtherAttr;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfToken;
import org.bpfgate.stack.SecurityHooks;

/**
 * Decides whether the token of a load or a map counts. The kernel checks the capabilities of the calling thread in the token's user
 * namespace, and the owner of that namespace has all of them. So a token counts only where the gate has the client's user namespace and
 * user. Any other token is removed from the request, which the kernel then checks against the client's own capabilities. For one thread.
 */
public final class Tokens {
    private static final int[] ASKED_FOR = {Capabilities.BPF, Capabilities.PERFMON, Capabilities.NET_ADMIN};

    private final Syscalls syscalls;
    private final ClientRights rights;
    private final SecurityHooks hooks;

    public Tokens(Syscalls syscalls, ClientRights rights, SecurityHooks hooks) {
        this.syscalls = syscalls;
        this.rights = rights;
        this.hooks = hooks;
    }

    /** The requests that take a token, and its fields in them. */
    public enum Place {
        LOAD(BpfCommand.PROG_LOAD, Syscalls.Bpf.PROG_LOAD, ProgLoadAttr.PROG_FLAGS, ProgLoadAttr.PROG_TOKEN_FD),
        MAP(BpfCommand.MAP_CREATE, Syscalls.Bpf.MAP_CREATE, OtherAttr.MAP_FLAGS, OtherAttr.MAP_TOKEN_FD);

        private final BpfCommand command;
        private final long bit;
        private final int flags;
        private final int fd;

        Place(BpfCommand command, Syscalls.Bpf call, int flags, int fd) {
            this.command = command;
            bit = bit(call.number());
            this.flags = flags;
            this.fd = fd;
        }

        /** Returns whether the attributes name a token. */
        public boolean isIn(NativeBuffer attr) {
            return (attr.getInt(flags) & ProgLoadAttr.TOKEN_FD_FLAG) != 0;
        }

        private void clear(NativeBuffer attr) {
            attr.putInt(flags, attr.getInt(flags) & ~ProgLoadAttr.TOKEN_FD_FLAG);
            attr.putInt(fd, 0);
        }
    }

    /**
     * Decides on the token of a request.
     *
     * @param attr our attributes, with our duplicate in the place of the client's descriptor; a token that does not count is removed.
     *     A descriptor of something else stays, for the kernel to refuse
     */
    public ClientToken in(NativeBuffer attr, Place place, ClientStatus client) throws SyscallException {
        long usable = rights.usable(client);
        // It is -1 where the client has no such descriptor, see ClientFds: the kernel then says EBADF.
        int fd = place.isIn(attr) ? attr.getInt(place.fd) : -1;
        Optional<TokenInfo> info = fd >= 0 ? TokenInfo.of(syscalls, fd) : Optional.empty();
        if (info.isEmpty()) {
            return new ClientToken(hooks, Optional.empty(), usable, "");
        }
        if (!rights.isLikeMe(client)) {
            return without(attr, place, usable, "whose token does not count for the gate's user");
        }
        return judge(info.get(), attr, place, usable);
    }

    private ClientToken without(NativeBuffer attr, Place place, long usable, String note) {
        place.clear(attr);
        return new ClientToken(hooks, Optional.empty(), usable, note);
    }

    /** The modules are not asked about a command that the token's mask lacks, as in the kernel. */
    private ClientToken judge(TokenInfo info, NativeBuffer attr, Place place, long usable) {
        BpfToken token = new BpfToken(info.commands(), info.maps(), info.programs(), info.attachments());
        boolean isInMask = (info.commands() & place.bit) != 0;
        HookResult command = isInMask ? hooks.bpfTokenCmd(token, place.command) : HookResult.ALLOW;
        if (!command.isAllow()) {
            hooks.bpfTokenFree(token);
            return without(attr, place, usable, "whose token a module refused: " + command.reason());
        }
        return granted(token, usable);
    }

    /** {@code bpf_token_capable()}: who has CAP_SYS_ADMIN has the others too, unless a module refuses them. */
    private ClientToken granted(BpfToken token, long usable) {
        long left = usable;
        String note = "";
        for (int capability : ASKED_FOR) {
            HookResult result = has(usable, capability) ? hooks.bpfTokenCapable(token, capability) : HookResult.ALLOW;
            if (!result.isAllow()) {
                left = withoutOne(left, capability);
                note = "whose token a module refused capability " + capability + ": " + result.reason();
            }
        }
        return new ClientToken(hooks, Optional.of(token), left, note);
    }

    private static boolean has(long capabilities, int capability) {
        return (capabilities & (bit(capability) | bit(Capabilities.SYS_ADMIN))) != 0;
    }

    private static long withoutOne(long capabilities, int capability) {
        long each = capabilities;
        if ((capabilities & bit(Capabilities.SYS_ADMIN)) != 0) {
            each &= ~bit(Capabilities.SYS_ADMIN);
            each |= bit(Capabilities.BPF) | bit(Capabilities.PERFMON) | bit(Capabilities.NET_ADMIN);
        }
        return each & ~bit(capability);
    }

    private static long bit(int capability) {
        return 1L << capability;
    }
}
