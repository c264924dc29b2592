package org.bpfgate.hook;

import org.bpfgate.program.TokenCreation;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf_token_create, …)}: a token is built and its file descriptor not yet installed. */
@ConsumerType
public interface BpfTokenCreateHook extends SecurityModule {
    /**
     * Decides on the creation.
     *
     * @param creation the token and where it comes from
     * @return an allowance, or a denial upon which the token is freed
     */
    HookResult bpfTokenCreate(TokenCreation creation);
}
