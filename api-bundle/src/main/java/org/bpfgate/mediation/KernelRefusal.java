package org.bpfgate.mediation;

import java.util.Objects;
import java.util.Optional;

/**
 * A call of bpf(2) that the kernel refused when the gate made it for a client, and what the kernel judged by.
 *
 * @param errno the kernel's spelling of the error, as the client got it
 * @param size how many bytes of attributes the client gave, when they are too many, or not zero behind those that this version knows; else
 *     0
 * @param capabilities the client's effective ones in its user namespace, bit n for capability n
 * @param isGateNamespace whether the client is in the gate's user namespace; in another its capabilities do not count
 * @param hasToken whether the client brought a BPF token
 * @param log what the verifier wrote; empty when it wrote nothing, or nobody asked: see {@link MediationListener#wantsVerifierLog()}
 * @param asked what the attributes ask for; empty when they could not be read, and for commands that make no program or map
 */
public record KernelRefusal(
        String errno,
        long size,
        long capabilities,
        boolean isGateNamespace,
        boolean hasToken,
        String log,
        Optional<Asked> asked) {
    /**
     * Numbers that the client wrote into the attributes, known also where the rest of the call was not read.
     *
     * @param type {@code prog_type} or {@code map_type}
     * @param instructions {@code insn_cnt}, unsigned; 0 for a map
     * @param device {@code prog_ifindex}, 0 for none and for a map
     */
    public record Asked(int type, long instructions, int device) {}

    /** Refuses nulls. */
    public KernelRefusal {
        Objects.requireNonNull(errno);
        Objects.requireNonNull(log);
        Objects.requireNonNull(asked);
    }
}
