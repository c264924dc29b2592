package org.bpfgate.kernel.mediate.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfgate.program.ProgramLoad;

/**
 * Remembers which clients were denied a feature probe. A loader that is told that the kernel cannot do something loads other
 * instructions, attaches in another way, or gives up; what is refused afterwards may be a consequence. Safe for use by several threads.
 */
final class DeniedProbes {
    /** As many processes as are remembered; the oldest are forgotten first. */
    private static final int MOST = 4096;

    private final Map<Integer, String> byProcess = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Returns what is to be said of a denial, and remembers it when it concerns a probe.
     *
     * @param client who was denied
     * @param denied what it was denied
     * @return for people; empty when the client was denied no probe before
     */
    synchronized String noteFor(ClientStatus client, ProgramLoad denied) {
        String before = byProcess.get(client.pid());
        if (before == null && isProbe(denied)) {
            byProcess.put(client.pid(), denied.probe().orElse("one that bpfgate does not know"));
        }
        return before == null
                ? ""
                : "a feature probe of this client was denied before (" + before
                        + "); the loader may have changed the program";
    }

    /** Programs that are meant to stay have a name; a small one without is a probe that is not known. */
    private static boolean isProbe(ProgramLoad load) {
        return load.probe().isPresent()
                || (load.isTriable() && load.program().name().isEmpty());
    }
}
