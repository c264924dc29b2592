package org.bpfgate.integrity.sig.internal.hornet;

import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.BpfProgram;

/**
 * What the module keeps on a program: the maps that its signature speaks of, {@code struct hornet_prog_security_struct}.
 * Written once, at the load; safe for use by several threads.
 */
final class SignedMapsBlob {
    private volatile Signed signed = new Signed(List.of(), HornetMode.COMPAT_N);

    /** The maps, and the mode that the load was judged in. */
    private record Signed(List<SignedMap> maps, HornetMode mode) {}

    void set(List<SignedMap> maps, HornetMode mode) {
        signed = new Signed(maps, mode);
    }

    /**
     * Checks the maps whenever a descriptor for the program is handed out.
     *
     * @param program the program
     * @return an allowance when nothing is signed about maps; EPERM when a signed map is not among the frozen ones that have
     *     a hash. Version 7 and mode strict also want each of those to be signed; version 7 in equal numbers. Mode
     *     strict also wants signed maps to be immutable, and no other map that the instructions may read. (The kernel's
     *     version 7 looks when the program is test-run, which is too late for a gate in front of it.)
     */
    HookResult check(BpfProgram program) {
        Signed now = signed;
        if (now.maps.isEmpty()) {
            return HookResult.ALLOW;
        }
        MapHashes hashes = new MapHashes(program.usedMaps());
        return now.mode == HornetMode.COMPAT_V7 ? checkEqual(now.maps, hashes) : checkSubset(now, program, hashes);
    }

    private static HookResult checkSubset(Signed now, BpfProgram program, MapHashes used) {
        for (SignedMap map : now.maps) {
            if (!used.contains(map)) {
                return deny("a signed map is not among the program's frozen maps, or its contents are others");
            }
            if (now.mode == HornetMode.STRICT && !used.areImmutable(map)) {
                return deny("another program can change a signed map");
            }
        }
        boolean isCovered = used.areAllIn(now.maps) && MapRules.unsigned(now.mode, now.maps, program, used) == 0;
        return now.mode != HornetMode.STRICT || isCovered
                ? HookResult.ALLOW
                : deny("the program uses a map that its signature does not speak of");
    }

    private static HookResult checkEqual(List<SignedMap> signed, MapHashes used) {
        long wanted = signed.stream().filter(map -> !map.isEmpty()).count();
        return used.areAllIn(signed) && used.hashable() == wanted
                ? HookResult.ALLOW
                : deny("the program's frozen maps are not exactly the signed ones");
    }

    private static HookResult deny(String reason) {
        return HookResult.deny(Errno.EPERM, reason);
    }
}
