package org.bpfgate.kernel.internal.session;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bpfgate.kernel.internal.object.LoadedInfo;
import org.bpfgate.kernel.internal.seccomp.Seccomp;
import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.KernelAnswer;
import org.bpfgate.mediation.KernelTrial;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramType;

/** Loads {@code r0 = 0; exit} as a socket filter, with the rights of this process. */
public final class SmallestLoad implements KernelTrial {
    private static final byte[] CODE = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    @Override
    public KernelAnswer load() {
        try {
            return load(Machine.link().newSyscalls());
        } catch (UnsupportedOperationException e) {
            return new KernelAnswer(Optional.of(String.valueOf(e.getMessage())), Optional.empty());
        } catch (SyscallException e) {
            return new KernelAnswer(Optional.of(Errnos.name(e.errno())), Optional.empty());
        }
    }

    @Override
    public Optional<String> listen() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        // The filter stays on the thread, and nothing else is done there.
        Thread.ofPlatform().daemon().name("bpfgate-trial").start(() -> answer.complete(listenOnThisThread()));
        return answer.join();
    }

    private static Optional<String> listenOnThisThread() {
        try {
            Machine machine = Machine.link();
            Syscalls syscalls = machine.newSyscalls();
            if (!new Capabilities(syscalls).has(Capabilities.SYS_ADMIN)) {
                Seccomp.setNoNewPrivileges(syscalls);
            }
            int[] mediated = new NotifiedCommands(Set.of(BpfCommand.PROG_LOAD)).numbers();
            syscalls.close(Seccomp.installFilter(machine, syscalls, BpfCommand.count(), mediated));
            return Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (SyscallException e) {
            return Optional.of(Errnos.name(e.errno()));
        } catch (RuntimeException | Error e) {
            return Optional.of(String.valueOf(e)); // Else the caller would wait without end.
        }
    }

    private static KernelAnswer load(Syscalls syscalls) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer attr = scope.allocate(SIZE);
            attr.putInt(PROG_TYPE, ProgramType.SOCKET_FILTER.number());
            attr.putInt(INSN_CNT, CODE.length / Instructions.SLOT_SIZE);
            attr.putLong(INSNS, scope.copyOf(CODE).address());
            attr.putLong(LICENSE, scope.text("GPL").address());
            int fd = syscalls.bpf(Syscalls.Bpf.PROG_LOAD, attr, SIZE);
            try {
                return new KernelAnswer(
                        Optional.empty(), algorithm(LoadedInfo.of(syscalls, fd).tag()));
            } finally {
                syscalls.close(fd);
            }
        }
    }

    private static Optional<String> algorithm(String tag) {
        Instructions code = Instructions.of(CODE);
        if (code.digest().orElseThrow().tag().equals(tag)) {
            return Optional.of("SHA-256");
        }
        return code.sha1Tag().equals(tag) ? Optional.of("SHA-1") : Optional.empty();
    }
}
