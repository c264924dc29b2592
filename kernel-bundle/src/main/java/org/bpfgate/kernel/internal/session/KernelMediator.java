package org.bpfgate.kernel.internal.session;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.control.LocalServer;
import org.bpfgate.control.LocalSockets;
import org.bpfgate.kernel.internal.host.HandOverMessage.Greeting;
import org.bpfgate.kernel.internal.host.KernelListenerHost;
import org.bpfgate.kernel.internal.local.KernelSockets;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.bpfgate.kernel.internal.request.DeniedProbes;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.request.MemoryBudget;
import org.bpfgate.kernel.internal.request.TrialLock;
import org.bpfgate.kernel.internal.seccomp.RequestJournal;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.Mediator;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.stack.SecurityHooks;

/** The mediator of this machine. An error about what the machine lacks comes when a command is run. */
public final class KernelMediator implements Mediator {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    /** A wait status holds the signal in its low 7 bits, and the exit code in the next byte: {@code WTERMSIG}, {@code WEXITSTATUS}. */
    private static final int SIGNAL_BITS = 0x7f;

    /** What a shell adds to the number of the signal that ended a command. */
    private static final int SIGNALLED = 128;

    private final SecurityHooks hooks;
    private final AuditSink audit;
    private final LocalSockets sockets;
    private final MemoryBudget memory = MemoryBudget.ofHeap();
    private final TrialLock trials = new TrialLock();
    private final Supplier<FeatureProbes> probes;

    /** Mediates, and recognises the feature probes that ship. */
    KernelMediator(SecurityHooks hooks, AuditSink audit) {
        this(hooks, audit, new KernelSockets(), FeatureProbes::shipped);
    }

    /**
     * Mediates.
     *
     * @param audit takes a record of every mediated command
     * @param sockets on which listeners are handed over
     * @param probes gives the known feature probes when a command starts
     */
    public KernelMediator(SecurityHooks hooks, AuditSink audit, LocalSockets sockets, Supplier<FeatureProbes> probes) {
        this.hooks = hooks;
        this.audit = audit;
        this.sockets = sockets;
        this.probes = probes;
    }

    @Override
    public int run(MediatedCommand command, MediationListener listener)
            throws MediationException, InterruptedException {
        Machine machine = link();
        SupervisedCommand supervised = new SupervisedCommand(context(machine, command.permissive(), listener), command);
        try {
            long ignored = StartConditions.ofThisProcess().ignored();
            SignalForwarding forwarding = SignalForwarding.begin(machine.newSyscalls(), command.confined(), ignored);
            try {
                supervised.start();
                return exitCode(supervised.await(listener, forwarding));
            } finally {
                forwarding.close();
            }
        } catch (ExecutionException | CompletionException e) {
            throw why(e);
        } catch (SyscallException e) {
            throw new MediationException(Kind.CANNOT_MEDIATE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void become(List<String> words, Path socket, Runnable last) throws MediationException, InterruptedException {
        new BecomingCommand(link(), sockets, socket).become(new MediatedCommand(words, false).words(), last);
    }

    @Override
    public ListenerHost host(Path socket, int permissions, boolean permissive, MediationListener listener)
            throws MediationException {
        Machine machine = link();
        Syscalls syscalls = machine.newSyscalls();
        FilterInstallation.requireAvailable(syscalls);
        try {
            syscalls.hideFromOthers();
            long fileLimit = syscalls.raiseFileLimit();
            LocalServer server = sockets.listen(socket, permissions);
            return KernelListenerHost.begin(
                    context(machine, permissive, listener), server, this::greeting, journal(socket), fileLimit);
        } catch (SyscallException | IOException e) {
            throw new MediationException(Kind.CANNOT_MEDIATE, String.valueOf(e.getMessage()));
        }
    }

    /** Beside the socket, where files live as long as the processes of the host do. */
    private static RequestJournal journal(Path socket) {
        Path file = socket.resolveSibling(socket.getFileName() + ".journal");
        try {
            return RequestJournal.begin(file);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} cannot be written ({1}): clients that wait when this gate is killed will not be answered",
                    file,
                    e);
            return RequestJournal.none();
        }
    }

    private Greeting greeting() {
        return new Greeting(
                BpfCommand.count(),
                Arrays.stream(NotifiedCommands.of(hooks).numbers()).boxed().toList());
    }

    private MediationContext context(Machine machine, boolean permissive, MediationListener listener) {
        return new MediationContext(
                machine, hooks, audit, permissive, memory, probes.get(), trials, new DeniedProbes(), listener);
    }

    private static MediationException why(Exception e) {
        return e.getCause() instanceof MediationException cause
                ? cause
                : new MediationException(Kind.CANNOT_MEDIATE, String.valueOf(e.getCause()));
    }

    private static Machine link() throws MediationException {
        try {
            return Machine.link();
        } catch (UnsupportedOperationException e) {
            throw new MediationException(Kind.CANNOT_MEDIATE, String.valueOf(e.getMessage()));
        }
    }

    static int exitCode(int waitStatus) {
        int signal = waitStatus & SIGNAL_BITS;
        return signal == 0 ? (waitStatus >> 8) & 0xff : SIGNALLED + signal;
    }
}
