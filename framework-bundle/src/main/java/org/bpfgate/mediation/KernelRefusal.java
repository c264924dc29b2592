package org.bpfgate.mediation;

import java.util.Objects;

/**
 * A call of bpf(2) that the kernel refused when the gate made it for a client, and what the kernel judged by.
 *
 * @param errno the kernel's spelling of the error, as the client got it
 * @param size how many bytes of attributes the client gave; 0 when that is not what the call was about
 * @param capabilities the client's effective ones in its user namespace, bit n for capability n
 * @param isGateNamespace whether the client is in the gate's user namespace; in another its capabilities do not count
 * @param hasToken whether the client brought a BPF token
 * @param log what the verifier wrote; empty when it wrote nothing, or nobody asked: see {@link MediationListener#wantsVerifierLog()}
 */
public record KernelRefusal(
        String errno, long size, long capabilities, boolean isGateNamespace, boolean hasToken, String log) {
    /** Refuses nulls. */
    public KernelRefusal {
        Objects.requireNonNull(errno);
        Objects.requireNonNull(log);
    }
}
