package org.bpfgate.audit;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.program.LoadClient;

/**
 * The process whose request a record is about, as all records tell it. Made while the process waits for its answer, as it may be gone
 * later.
 *
 * @param pid the id of the process, not of its thread
 * @param tid the id of the calling thread
 * @param uid its user id, unsigned
 * @param comm the name of the calling thread
 * @param exe the path of the executable; empty when it is not known. The kernel's text leaves it and the rest out
 * @param exeSha256 SHA-256 of the executable file's bytes, 64 hexadecimal digits; empty when it is not known
 * @param unit the systemd unit; empty outside of any
 */
public record AuditClient(
        int pid,
        int tid,
        long uid,
        String comm,
        Optional<String> exe,
        Optional<String> exeSha256,
        Optional<String> unit) {
    /** Refuses nulls. */
    public AuditClient {
        Objects.requireNonNull(comm);
        Objects.requireNonNull(exe);
        Objects.requireNonNull(exeSha256);
        Objects.requireNonNull(unit);
    }

    /** A process of which no more is known. */
    public AuditClient(int pid, int tid, long uid, String comm) {
        this(pid, tid, uid, comm, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns what is known of a client now. */
    public static AuditClient of(LoadClient client) {
        return new AuditClient(
                client.pid(),
                client.tid(),
                client.uid(),
                client.comm(),
                client.executable(),
                client.executableSha256(),
                client.unit());
    }

    /** Writes the members of its JSON object; executable and unit are what rules can ask for. */
    public void describe(JsonMembers json) {
        json.number("pid", pid);
        json.number("tid", tid);
        json.number("uid", uid);
        json.text("comm", comm);
        json.text("exe", exe.orElse(null));
        json.text("exeDigest", exeSha256.map(hex -> "sha256:" + hex).orElse(null));
        json.text("unit", unit.orElse(null));
    }

    /** Returns the fields of the kernel's record, {@code pid=} and {@code comm=}. */
    public String fields() {
        return "pid=" + pid + " comm=" + KernelLine.untrusted(comm);
    }
}
