package org.bpfgate.hook;

import org.bpfgate.program.BpfToken;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf_token_capable, …)}: does a token, whose user namespace has the capability, really grant it? */
@ConsumerType
public interface BpfTokenCapableHook extends SecurityModule {
    /**
     * Decides whether the token grants a capability.
     *
     * @param token the token; not to be changed
     * @param capability a number of {@code include/uapi/linux/capability.h}, such as 39 for {@code CAP_BPF}
     * @return an allowance, or a denial upon which the capability is missing
     */
    HookResult bpfTokenCapable(BpfToken token, int capability);
}
