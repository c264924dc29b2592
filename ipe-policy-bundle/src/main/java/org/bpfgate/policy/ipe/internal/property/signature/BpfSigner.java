package org.bpfgate.policy.ipe.internal.property.signature;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Fixable;

/**
 * {@code bpf_signer}: a verifier vouches for a signature by the owner of this certificate: it reports {@code OK}, or
 * {@code PARTIALSIG}, which is good over the instructions and says nothing about the maps.
 *
 * @param certificate SHA-256 of the DER form of the certificate
 */
public record BpfSigner(Sha256 certificate) implements EqualityProperty, Fixable {
    /** Refuses null. */
    public BpfSigner {
        Objects.requireNonNull(certificate);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.SIGNER;
    }

    @Override
    public Object wanted() {
        return certificate.hex();
    }

    @Override
    public void applyTo(BpfLoadContext load) {
        load.signBy(certificate.hex());
    }

    @Override
    public String present(EvaluationContext load) {
        String signer = load.signer(0);
        return signer == null ? "signed by nobody who is trusted" : "sha256:" + signer;
    }

    @Override
    public String toString() {
        return "bpf_signer=" + certificate;
    }
}
