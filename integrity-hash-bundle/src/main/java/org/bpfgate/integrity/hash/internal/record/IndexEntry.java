package org.bpfgate.integrity.hash.internal.record;

import java.util.HexFormat;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** What one entry of an index says about a digest: the loads that it counts for. */
public final class IndexEntry {
    private final ProgramType type;
    private final int attach;
    private final byte @Nullable [] target;

    /**
     * Keeps what was read.
     *
     * @param type {@link ProgramType#UNSPEC} when the entry has none
     * @param attach -1 when the entry has none
     * @param target the digest of the target; null when the entry has none. Not copied
     */
    IndexEntry(ProgramType type, int attach, byte @Nullable [] target) {
        this.type = type;
        this.attach = attach;
        this.target = target;
    }

    /** Returns the type that the entry counts for; {@link ProgramType#UNSPEC} when it counts for all. */
    public ProgramType type() {
        return type;
    }

    /** Returns the number of the attach type that the entry counts for; -1 when it counts for all. */
    public int attach() {
        return attach;
    }

    /** Returns the way of attaching as lists write it, of a target some digits of its digest; null when the entry has none. */
    public @Nullable String attachText() {
        if (attach < 0) {
            return null;
        }
        String name = ListedAttach.of(attach).text(type);
        return target == null ? name : name + ":#" + HexFormat.of().formatHex(target, 0, 4);
    }

    /** Returns whether the entry counts for one attach target only. */
    public boolean hasTarget() {
        return target != null;
    }

    /** Returns whether the entry names this way of attaching, and with it the same target or none. */
    public boolean isExactly(ListedAttach other) {
        return attach == other.type()
                && hasTarget() == other.target().isPresent()
                && hasTarget(other.target().orElse(null));
    }

    /** Returns whether the entry counts for this target; so does one that has none. */
    public boolean hasTarget(@Nullable String name) {
        return target == null || (name != null && EntryFacts.isTarget(name, target));
    }
}
