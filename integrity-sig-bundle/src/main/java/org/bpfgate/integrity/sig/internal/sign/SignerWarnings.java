package org.bpfgate.integrity.sig.internal.sign;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.Validity;

/** Says at the time of signing what verifiers will say of the signer. */
final class SignerWarnings {
    private SignerWarnings() {}

    /**
     * Finds what mode strict refuses in a signer. The kernel and the other modes look at neither the clock nor the purpose.
     *
     * @param now seconds since 1970-01-01T00:00:00Z
     * @return one line each; none for a signer that every mode takes
     */
    static List<String> of(Certificate certificate, long now) {
        List<String> warnings = new ArrayList<>();
        Validity validity = certificate.validity();
        String who = "the certificate of " + certificate.subject();
        if (!validity.contains(now)) {
            String until = now < validity.notBefore() ? ": until then mode strict" : ": mode strict";
            warnings.add(who + " " + validity.outside(now) + until + " refuses what it signs");
        }
        if (!certificate.purpose().signsCode()) {
            warnings.add(who + " is not for signing code, by its key usage: mode strict refuses what it signs");
        }
        if (certificate.key().isWeak()) {
            warnings.add(
                    who + " has an RSA key of less than 2048 bits or with an exponent below 65537: mode strict refuses"
                            + " what it signs");
        }
        return warnings;
    }

    /** Says that the contract hornet, in the mode that is the default, does not know the algorithm. */
    static String notInDefaultMode(KeyKind kind) {
        return "hornet verifies " + kind.label()
                + " in mode strict only: its default mode, compat-n, refuses this signature, as"
                + " the kernel patch does (RSA and ECDSA are taken in every mode)";
    }
}
