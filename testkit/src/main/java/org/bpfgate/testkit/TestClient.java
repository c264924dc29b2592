package org.bpfgate.testkit;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.program.LoadClient;

/**
 * A process that asks for loads, as a test wants it. Immutable.
 *
 * @param pid the id of the process
 * @param tid the id of its thread
 * @param uid its user id, unsigned
 * @param comm the name of its thread
 * @param executable the path of its executable; empty when it cannot be told
 * @param executableSha256 SHA-256 of that file, 64 lower-case hexadecimal digits; empty when it cannot be read
 * @param unit its systemd unit; empty outside of any
 */
public record TestClient(
        int pid,
        int tid,
        long uid,
        String comm,
        Optional<String> executable,
        Optional<String> executableSha256,
        Optional<String> unit)
        implements LoadClient {
    private static final int PID = 1000;

    /** Refuses nulls. */
    public TestClient {
        Objects.requireNonNull(comm);
        Objects.requireNonNull(executable);
        Objects.requireNonNull(executableSha256);
        Objects.requireNonNull(unit);
    }

    /** A process of which only the user and the name are known. */
    public static TestClient of(String comm, long uid) {
        return new TestClient(PID, PID, uid, comm, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same process with an executable whose content is known. */
    public TestClient withExecutable(String path, String sha256) {
        return new TestClient(pid, tid, uid, comm, Optional.of(path), Optional.of(sha256), unit);
    }

    /** The same process in a systemd unit. */
    public TestClient inUnit(String name) {
        return new TestClient(pid, tid, uid, comm, executable, executableSha256, Optional.of(name));
    }
}
