package org.bpfgate.policy.ipe.audit.internal;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The process whose request was decided on.
 *
 * @param pid the id of the process, not of its thread
 * @param tid the id of the calling thread
 * @param uid its user id, unsigned
 * @param comm the name of the calling thread
 */
public record Actor(int pid, int tid, long uid, String comm) {
    /** Refuses null. */
    public Actor {
        Objects.requireNonNull(comm);
    }

    /** Returns the fields of the record, {@code pid=} and {@code comm=}. */
    String fields() {
        String bytes = new String(comm.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return "pid=" + pid + " comm=" + AuditText.untrusted(bytes);
    }
}
