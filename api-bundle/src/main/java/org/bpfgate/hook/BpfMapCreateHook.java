package org.bpfgate.hook;

import org.bpfgate.program.MapCreation;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf_map_create, …)}: a map is built and not yet known to anybody. */
@ConsumerType
public interface BpfMapCreateHook extends SecurityModule {
    /**
     * Decides on the creation.
     *
     * @param creation the map and who asks for it
     * @return an allowance, or a denial upon which the map is freed
     */
    HookResult bpfMapCreate(MapCreation creation);
}
