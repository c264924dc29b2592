package org.bpfgate.kernel.internal.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/**
 * Remembers which clients were denied a feature probe. A loader whose probe fails takes the feature for missing: it loads other
 * instructions, attaches in another way, or gives up; what is refused afterwards may be a consequence. Safe for use by several threads.
 */
public final class DeniedProbes {
    /** As many processes as are remembered; the oldest are forgotten first. */
    private static final int MOST = 4096;

    private final Map<Integer, Probe> byProcess = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Probe> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A denied probe.
     *
     * @param name what people know it by
     * @param program its instructions and type
     */
    private record Probe(String name, Program program) {}

    /** What makes two loads loads of one program. */
    private record Program(Optional<ProgramDigest> digest, ProgramType type) {
        static Program of(ProgramLoad load) {
            return new Program(
                    load.program().instructions().digest(), load.program().type());
        }
    }

    /**
     * Returns the note on a denial, and remembers the denial of a probe.
     *
     * @param client who was denied
     * @param denied what it was denied
     * @return for people; empty when the client was denied no probe before, and when the probe was this very program: nothing has
     *     changed it
     */
    public synchronized String noteFor(ClientStatus client, ProgramLoad denied) {
        Probe before = byProcess.get(client.pid());
        if (before == null) {
            if (isProbe(denied)) {
                String name = denied.probe().orElse("one that bpfgate does not know");
                byProcess.put(client.pid(), new Probe(name, Program.of(denied)));
            }
            return "";
        }
        return before.program().equals(Program.of(denied))
                ? ""
                : "a feature probe of this client was denied before (" + before.name()
                        + "); the loader may have changed the program";
    }

    /** Programs that are meant to stay have a name; a small one without is a probe that is not known. */
    private static boolean isProbe(ProgramLoad load) {
        return load.probe().isPresent()
                || (load.isTriable() && load.program().name().isEmpty());
    }
}
