package org.bpfgate.policy.ipe.internal.property;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Sha256;

/**
 * {@code bpf_signer}: a verifier vouches for a signature by the owner of this certificate: it reports {@code OK}, or
 * {@code PARTIALSIG}, which is good over the instructions and says nothing about the maps.
 *
 * @param certificate SHA-256 of the DER form of the certificate
 */
public record BpfSigner(Sha256 certificate) implements EqualityProperty, Fixable {
    private static final EventAttribute ATTRIBUTE = EvaluationContext::signer;

    /** Refuses null. */
    public BpfSigner {
        Objects.requireNonNull(certificate);
    }

    @Override
    public EventAttribute attribute() {
        return ATTRIBUTE;
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
