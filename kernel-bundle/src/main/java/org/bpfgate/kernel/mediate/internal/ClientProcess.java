package org.bpfgate.kernel.mediate.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.program.LoadClient;

/**
 * A client as {@code /proc} shows it. Who it is was read while it waited; the rest is read when somebody asks, by the number of the
 * process, and counts only when the client still waits afterwards: the number was its own then, and it has executed no other
 * program. What is asked for later is empty. Safe for use by several threads.
 */
final class ClientProcess implements LoadClient {
    private static final int PIECE = 64 * 1024;

    private final ClientStatus status;
    private final StillWaiting client;
    private final Once<Optional<String>> executable = new Once<>(this::readExecutable);
    private final Once<Optional<String>> executableSha256 = new Once<>(this::readSha256);
    private final Once<Optional<String>> unit = new Once<>(this::readUnit);

    /**
     * Describes a client.
     *
     * @param client says on any thread whether it still waits
     */
    ClientProcess(ClientStatus status, StillWaiting client) {
        this.status = status;
        this.client = client;
    }

    /** Reads now what a record tells later, when the process may be gone. */
    void readAll() {
        executable();
        unit();
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
        return executable.get();
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
        return executableSha256.get();
    }

    /** Through the link itself, so that a file put in the place of the one that runs does not count. */
    private Optional<String> readSha256() {
        try (InputStream in = Files.newInputStream(proc("exe"))) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
            }
            return ifStillWaiting(HexFormat.of().formatHex(sha256.digest()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Optional<String> unit() {
        return unit.get();
    }

    private Optional<String> readUnit() {
        try {
            return ifStillWaiting(Files.readString(proc("cgroup"))).flatMap(SystemdUnit::in);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> ifStillWaiting(String found) {
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
