package org.bpfgate.hook;

import org.bpfgate.program.BpfToken;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(void, LSM_RET_VOID, bpf_token_free, …)}: a token goes away, or its creation was refused. */
@ConsumerType
public interface BpfTokenFreeHook extends SecurityModule {
    /**
     * Lets go of what the module holds for the token. Called at most once per token; the blobs are dropped right afterwards.
     *
     * @param token the token
     */
    void bpfTokenFree(BpfToken token);
}
