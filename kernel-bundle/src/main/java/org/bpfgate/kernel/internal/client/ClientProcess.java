package org.bpfgate.kernel.internal.client;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.LoadClient;

/**
 * A client as {@code /proc} shows it. Its status was read while it waited. The rest is read at its first use, by the number of the process, and
 * counts only when the client still waits afterwards: the number was its own then, and it has executed no other program. A value that is
 * first asked for after the answer is empty. Safe for use by several threads, if its check of the client may be used on any thread.
 */
public final class ClientProcess implements LoadClient {
    /** Whether a module has asked for an executable's SHA-256. From then on it is read before the modules run, which does not count as their time. */
    private static volatile boolean modulesAsk;

    private final ClientStatus status;
    private final Supplier<Syscalls> syscalls;
    private final StillWaiting client;
    private final AccessWatch access;
    private final BooleanSupplier isOver;
    private final Lazy<Optional<String>> executable = new Lazy<>(() -> find(ProcFiles::executable));
    private final Lazy<Optional<String>> executableSha256 = new Lazy<>(this::findSha256);
    private final Lazy<Optional<ProcessIds>> ids = new Lazy<>(() -> find(ProcFiles::ids));
    private final Lazy<Optional<String>> unit = new Lazy<>(() -> find(ProcFiles::unit));

    /**
     * Describes a client.
     *
     * @param syscalls gives system calls for the calling thread
     * @param client says whether it still waits, on each thread that asks this object before the answer
     * @param access takes how long a file system lets the gate wait for the executable
     * @param isOver whether the client has its answer
     */
    public ClientProcess(
            ClientStatus status,
            Supplier<Syscalls> syscalls,
            StillWaiting client,
            AccessWatch access,
            BooleanSupplier isOver) {
        this.status = status;
        this.syscalls = syscalls;
        this.client = client;
        this.access = access;
        this.isOver = isOver;
    }

    /**
     * Reads now what the audit record shows, because the process may be gone later. It asks once whether the client still waits, which
     * costs a system call.
     *
     * @param own the system calls of this thread
     * @param stillWaits the same question as the constructor's, for this thread only
     */
    public void readAll(Syscalls own, StillWaiting stillWaits) {
        ProcFiles files = files(own);
        Optional<String> digest = sha256(files, stillWaits);
        if (readNames(files, stillWaits)) {
            executableSha256.put(digest);
        }
    }

    /**
     * Reads the same without the executable's content, which may take any time.
     *
     * @return whether the client still waits, so that what was read is its own
     */
    public boolean readNames(Syscalls own, StillWaiting stillWaits) {
        return readNames(files(own), stillWaits);
    }

    private boolean readNames(ProcFiles files, StillWaiting stillWaits) {
        Optional<String> path = files.executable();
        Optional<String> service = files.unit();
        Optional<ProcessIds> numbers = files.ids();
        boolean isOwn = isWaiting(stillWaits);
        if (isOwn) {
            executable.put(path);
            unit.put(service);
            ids.put(numbers);
        }
        return isOwn;
    }

    private ProcFiles files(Syscalls own) {
        return new ProcFiles(own, status.pid(), status.tid());
    }

    /** Reads now what modules are likely to need and may take long. */
    public void readAhead() {
        if (modulesAsk) {
            get(executableSha256);
        }
    }

    private <T> Optional<T> get(Lazy<Optional<T>> value) {
        return isOver.getAsBoolean() ? value.ifKnown(Optional.empty()) : value.get();
    }

    /** Returns the further numbers of the kernel's audit records; empty when they were not read before the answer. */
    public Optional<ProcessIds> ids() {
        return get(ids);
    }

    @Override
    public int pid() {
        return status.pid();
    }

    @Override
    public int tid() {
        return status.tid();
    }

    @Override
    public long uid() {
        return status.uid();
    }

    @Override
    public String comm() {
        return status.comm();
    }

    @Override
    public Optional<String> executable() {
        return get(executable);
    }

    @Override
    public Optional<String> executableSha256() {
        if (!isOver.getAsBoolean()) {
            modulesAsk = true;
        }
        return get(executableSha256);
    }

    private Optional<String> findSha256() {
        return find(files -> sha256(files, client));
    }

    private Optional<String> sha256(ProcFiles files, StillWaiting stillWaits) {
        access.begin("reading the client's executable");
        try {
            return files.executableSha256(stillWaits);
        } finally {
            access.end();
        }
    }

    @Override
    public Optional<String> unit() {
        return get(unit);
    }

    private <T> Optional<T> find(Function<ProcFiles, Optional<T>> what) {
        Optional<T> found = what.apply(files(syscalls.get()));
        return isWaiting(client) ? found : Optional.empty();
    }

    private static boolean isWaiting(StillWaiting client) {
        try {
            client.require();
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }
}
