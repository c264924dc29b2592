package org.bpfgate.serve.internal.history;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One change of the stack.
 *
 * @param time when it was made
 * @param uid who made it
 * @param pid by which process
 * @param what the change, one line for people
 * @param before the generation before
 * @param after the generation after
 */
public record Change(Instant time, int uid, int pid, String what, long before, long after) {
    /** Refuses nulls. */
    public Change {
        Objects.requireNonNull(time);
        Objects.requireNonNull(what);
    }

    /** Returns the members of its JSON object. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", time.toString());
        members.put("uid", uid);
        members.put("pid", pid);
        members.put("what", what);
        members.put("before", before);
        members.put("after", after);
        return members;
    }
}
