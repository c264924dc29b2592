package org.bpfgate.hook;

import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfToken;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf_token_cmd, …)}: does a token, whose mask has the command, really allow it? */
@ConsumerType
public interface BpfTokenCmdHook extends SecurityModule {
    /**
     * Decides whether the token allows a command.
     *
     * @param token the token; not to be changed
     * @param command the command that the caller wants to perform with it
     * @return an allowance, or a denial upon which the caller's own capabilities count
     */
    HookResult bpfTokenCmd(BpfToken token, BpfCommand command);
}
