package org.bpfgate.hook;

import org.bpfgate.integrity.IntegrityReport;
import org.osgi.annotation.versioning.ProviderType;

/**
 * {@code security_bpf_prog_load_post_integrity()}, bound to one load and to the verifier that it was handed to: so a report
 * always reaches the policies of the load's own generation, under the identity of whoever makes it.
 */
@ProviderType
public interface IntegrityReporter {
    /**
     * Tells every policy module the verdict.
     *
     * @param report the verdict and why
     * @return {@link HookResult#ALLOW} when no policy refused right away: go on and return the same. The first denial
     *     otherwise: return it. A second report on the same load is a contract violation and gives {@code EINVAL}
     */
    HookResult bpfProgLoadPostIntegrity(IntegrityReport report);
}
