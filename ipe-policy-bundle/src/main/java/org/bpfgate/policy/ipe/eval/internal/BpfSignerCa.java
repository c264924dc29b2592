package org.bpfgate.policy.ipe.eval.internal;

import java.util.Objects;

/**
 * {@code bpf_signer_ca}: a verifier vouches for a signature by the owner of a certificate that this authority issued, directly or
 * through others.
 *
 * @param certificate SHA-256 of the DER form of the authority's certificate
 */
public record BpfSignerCa(Sha256 certificate) implements Discriminating {
    /** Refuses null. */
    public BpfSignerCa {
        Objects.requireNonNull(certificate);
    }

    @Override
    public Dimension dimension() {
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
