package org.bpfgate.kernel.internal.syscall;

/** Sends messages that the gate itself never sends. */
public final class ManyDescriptors {
    private static final int HEADER = 16;

    private ManyDescriptors() {}

    /** Sends one byte with a number of copies of a descriptor. */
    public static void send(int socket, int fd, int count) throws SyscallException {
        Syscalls syscalls = Machine.link().newSyscalls();
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer part = scope.allocate(16);
            part.putLong(0, scope.allocate(1).address());
            part.putLong(8, 1);
            NativeBuffer control = scope.allocate(HEADER + 8L * count);
            control.putLong(0, HEADER + 4L * count);
            control.putInt(8, 1);
            control.putInt(12, 1);
            for (int i = 0; i < count; i++) {
                control.putInt(HEADER + 4L * i, fd);
            }
            NativeBuffer message = scope.allocate(56);
            message.putLong(16, part.address());
            message.putLong(24, 1);
            message.putLong(32, control.address());
            message.putLong(40, HEADER + (4L * count + 7) / 8 * 8);
            int sendmsg = Architecture.current().orElseThrow().sockets().sendmsg();
            syscalls.call("sendmsg", 0, sendmsg, socket, message.address(), 0, 0, 0);
        }
    }
}
