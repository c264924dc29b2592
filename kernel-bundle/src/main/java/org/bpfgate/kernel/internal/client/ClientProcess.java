package org.bpfgate.kernel.internal.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.LoadClient;

/**
 * A client as {@code /proc} shows it. Its status was read while it waited. The rest is read at its first use, by the number of the process, and
 * counts only when the client still waits afterwards: the number was its own then, and it has executed no other program. A value that is
 * first asked for after the answer is empty. Safe for use by several threads, if its check of the client may be used on any thread.
 */
public final class ClientProcess implements LoadClient {
    private static final ExecutableDigests DIGESTS = new ExecutableDigests();

    /** Whether a module has asked for an executable's SHA-256. From then on it is read before the modules run, which does not count as their time. */
    private static volatile boolean modulesAsk;

    private final ClientStatus status;
    private final StillWaiting client;
    private final AccessWatch access;
    private final BooleanSupplier isOver;
    private final Lazy<Optional<String>> executable = new Lazy<>(this::readExecutable);
    private final Lazy<Optional<String>> executableSha256 = new Lazy<>(this::readSha256);
    private final Lazy<Optional<ProcessIds>> ids = new Lazy<>(this::readIds);
    private final Lazy<Optional<String>> unit = new Lazy<>(this::readUnit);

    /**
     * Describes a client.
     *
     * @param client says whether it still waits, on each thread that asks this object before the answer
     * @param access takes how long a file system lets the gate wait for the executable
     * @param isOver whether the client has its answer
     */
    public ClientProcess(ClientStatus status, StillWaiting client, AccessWatch access, BooleanSupplier isOver) {
        this.status = status;
        this.client = client;
        this.access = access;
        this.isOver = isOver;
    }

    /** Reads now what the audit record shows, because the process may be gone later. */
    public void readAll() {
        readNames();
        get(executableSha256);
    }

    /** Reads the same without the executable's content, which may take any time. */
    public void readNames() {
        executable();
        unit();
        ids();
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

    private Optional<ProcessIds> readIds() {
        try {
            return ifStillWaiting(ProcessIds.of(status.tid()));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
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

    private Optional<String> readExecutable() {
        try {
            return ifStillWaiting(Files.readSymbolicLink(proc("exe")).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> executableSha256() {
        if (!isOver.getAsBoolean()) {
            modulesAsk = true;
        }
        return get(executableSha256);
    }

    /** Through the link itself, so that a file put in the place of the one that runs does not count. */
    private Optional<String> readSha256() {
        access.begin("reading the client's executable");
        try {
            return ifStillWaiting(DIGESTS.of(proc("exe"), client));
        } catch (IOException | SyscallException e) {
            return Optional.empty();
        } finally {
            access.end();
        }
    }

    @Override
    public Optional<String> unit() {
        return get(unit);
    }

    private Optional<String> readUnit() {
        try {
            return ifStillWaiting(Files.readString(proc("cgroup"))).flatMap(SystemdUnit::in);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> ifStillWaiting(T found) {
        try {
            client.require();
            return Optional.of(found);
        } catch (SyscallException e) {
            return Optional.empty();
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Integer.toString(status.pid()), file);
    }
}
