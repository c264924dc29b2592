package org.bpfgate.policy.ipe.internal.property.load;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code bpf_client_uid}: the effective user id of the process that asks. It holds for no load without such a process.
 *
 * @param uid the wanted id
 */
public record BpfClientUid(long uid) implements EqualityProperty {
    /** The largest {@code uid_t}, {@code U32_MAX}. */
    public static final long MAX = 0xffff_ffffL;

    /** Refuses what is outside 0 to {@link #MAX}. */
    public BpfClientUid {
        if (uid < 0 || uid > MAX) {
            throw new IllegalArgumentException("a user id is 0 to 4294967295, not " + uid);
        }
    }

    @Override
    public EventAttribute attribute() {
        return Fact.CLIENT_UID;
    }

    @Override
    public Object wanted() {
        return uid;
    }

    @Override
    public String toString() {
        return "bpf_client_uid=" + uid;
    }
}
