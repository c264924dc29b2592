package org.bpfgate.kernel.internal.client;

import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.ProgramType;

/**
 * Names the capability without which the kernel refuses a load. What is needed is what {@code bpf_prog_load()} of {@code
 * kernel/bpf/syscall.c} asks for; {@code CAP_SYS_ADMIN} stands for each of them.
 */
public final class MissingRights {
    private MissingRights() {}

    /**
     * Returns a refusal with its reason.
     *
     * @param refusal any refusal; one that is not {@code EPERM} is returned as it is
     * @param capabilities those of the client that count here, bit n for capability n
     */
    public static SyscallException explain(SyscallException refusal, long capabilities, ProgramType type) {
        return explain(refusal, missing(capabilities, type));
    }

    /**
     * Returns the refusal of a command that is no load with its reason, by what {@code map_create()}, {@code bpf_map_get_fd_by_id()} and
     * their like ask for. A pinned object asks for the permissions of its file, which no capability named here stands for.
     *
     * @param refusal any refusal; one that is not {@code EPERM} is returned as it is
     * @param capabilities those of the client that count here, bit n for capability n
     */
    public static SyscallException explain(SyscallException refusal, long capabilities, BpfCommand command) {
        return explain(refusal, missing(capabilities, command));
    }

    private static SyscallException explain(SyscallException refusal, String missing) {
        return missing.isEmpty() || refusal.errno() != Errnos.EPERM
                ? refusal
                : new SyscallException(refusal.command() + ", the client lacks " + missing, refusal.errno(), 0);
    }

    private static String missing(long capabilities, ProgramType type) {
        if (has(capabilities, Capabilities.SYS_ADMIN)) {
            return "";
        }
        if (!has(capabilities, Capabilities.BPF)) {
            return "CAP_BPF (or CAP_SYS_ADMIN), without which nobody loads such a program";
        }
        if (type.needsNetAdmin() && !has(capabilities, Capabilities.NET_ADMIN)) {
            return "CAP_NET_ADMIN, which programs for the network need";
        }
        return type.needsPerfmon() && !has(capabilities, Capabilities.PERFMON)
                ? "CAP_PERFMON, which programs that trace need"
                : "";
    }

    private static String missing(long capabilities, BpfCommand command) {
        if (has(capabilities, Capabilities.SYS_ADMIN)) {
            return "";
        }
        return switch (command) {
            case PROG_GET_FD_BY_ID, MAP_GET_FD_BY_ID ->
                "CAP_SYS_ADMIN, without which nobody gets a descriptor by its id";
            case MAP_CREATE, TOKEN_CREATE -> {
                if (!has(capabilities, Capabilities.BPF)) {
                    yield "CAP_BPF (or CAP_SYS_ADMIN)";
                }
                yield command == BpfCommand.MAP_CREATE && !has(capabilities, Capabilities.NET_ADMIN)
                        ? "CAP_NET_ADMIN, which maps of sockets and devices need"
                        : "";
            }
            default -> "";
        };
    }

    private static boolean has(long capabilities, int capability) {
        return (capabilities & (1L << capability)) != 0;
    }
}
