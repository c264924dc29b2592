package org.bpfgate.hook;

import org.bpfgate.program.BpfMap;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(void, LSM_RET_VOID, bpf_map_free, …)}: a map goes away, or its creation was refused. */
@ConsumerType
public interface BpfMapFreeHook extends SecurityModule {
    /**
     * Lets go of what the module holds for the map. Called at most once per map; the blobs are dropped right afterwards.
     *
     * @param map the map
     */
    void bpfMapFree(BpfMap map);
}
