package org.bpfgate.framework.internal.candidate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.UsedMap;
import org.bpfgate.stack.LoadDecision;

/** A load that the live stack has decided on, with what the candidate may ask. Made while the client still waits. */
final class DecidedLoad {
    /** What it takes besides the instructions and the contents of maps; a generous estimate. */
    private static final int OVERHEAD = 4096;

    final ProgramLoad load;
    final LoadDecision decision;
    final long nanos;
    final Instant time = Instant.now();
    final long size;

    /** Whether a module asked what was not kept. Written and read on the candidate's thread. */
    private boolean incomplete;

    /**
     * Keeps a load.
     *
     * @param nanos how long the decision took
     */
    DecidedLoad(ProgramLoad decided, LoadDecision decision, long nanos, Wanted wanted) {
        this.decision = decision;
        this.nanos = nanos;
        List<UsedMap> maps = new ArrayList<>();
        long bytes = (long) OVERHEAD + decided.program().instructions().size();
        for (UsedMap map : decided.program().usedMaps()) {
            KeptMap kept = new KeptMap(map, wanted, this::becomeIncomplete);
            bytes += kept.size();
            maps.add(kept);
        }
        ProgramLoad kept = decided.anew(maps);
        LoadClient client = decided.client().orElse(null);
        load = client == null ? kept : kept.withClient(new KeptClient(client, wanted, this::becomeIncomplete));
        size = bytes;
    }

    private void becomeIncomplete() {
        incomplete = true;
    }

    boolean isIncomplete() {
        return incomplete;
    }
}
