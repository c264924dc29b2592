package org.bpfgate.policy.ipe.internal.property.signature;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code bpf_signer_ca}: a verifier vouches for a signature by the owner of a certificate that this authority issued, directly or
 * through others.
 *
 * @param certificate SHA-256 of the DER form of the authority's certificate
 */
public record BpfSignerCa(Sha256 certificate) implements EqualityProperty {
    /** Refuses null. */
    public BpfSignerCa {
        Objects.requireNonNull(certificate);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.AUTHORITY;
    }

    @Override
    public Object wanted() {
        return certificate.hex();
    }

    @Override
    public String toString() {
        return "bpf_signer_ca=" + certificate;
    }
}
