package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.PROG_IFINDEX;

import java.util.Optional;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * A load for a device is performed only for a client in the gate's own network namespace. The kernel looks {@code prog_ifindex} up in
 * the namespace of the caller ({@code bpf_prog_dev_bound_init()}), so for any other client it would find another device.
 */
final class DeviceRule {
    /** {@code net:[4026531840]} and a longer number. */
    private static final int LINK_SIZE = 64;

    private DeviceRule() {}

    /**
     * Returns the refusal of a load.
     *
     * @return empty for a load without a device, and for one from the gate's own namespace
     * @throws SyscallException with {@code ENOENT} or {@code ESRCH} when the client is gone
     */
    static Optional<HookResult> refusal(Syscalls syscalls, Notification request, LoadCopy copy)
            throws SyscallException {
        int device = copy.original().getInt(PROG_IFINDEX);
        if (device == 0
                || namespace(syscalls, Integer.toString(request.tid()))
                        .equals(namespace(syscalls, Integer.toString(syscalls.gettid())))) {
            return Optional.empty();
        }
        return Optional.of(HookResult.deny(
                Errno.EACCES,
                "the load is for device " + Integer.toUnsignedString(device) + " (prog_ifindex) of another network"
                        + " namespace than the gate's, where that number is another device's; run the gate in the client's"
                        + " network namespace"));
    }

    private static String namespace(Syscalls syscalls, String tid) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer link = scope.allocate(LINK_SIZE);
            int length = syscalls.readLink(scope.text("/proc/" + tid + "/ns/net"), link);
            return link.getText(0, length);
        }
    }
}
