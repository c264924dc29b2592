package org.bpfgate.signing.internal.contract;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bpfgate.signing.internal.key.KeyKind;
import org.bpfgate.signing.internal.key.SignerKey;
import org.jspecify.annotations.Nullable;

/** Says at the time of signing what verifiers will say of the signer. */
final class SignerWarnings {
    /** What mode strict wants of RSA keys. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MIN_EXPONENT_BITS = 17;

    private SignerWarnings() {}

    /**
     * Finds what mode strict refuses in a signer. The kernel and the other modes look at neither the clock nor the purpose.
     *
     * @return one line each; none for a signer that every mode takes
     */
    static List<String> of(SignerKey key, Instant now) {
        X509CertificateHolder certificate = key.certificate();
        List<String> warnings = new ArrayList<>();
        String who = "the certificate of " + subject(certificate);
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(begin)) {
            warnings.add(who + " is not valid before " + begin + ": until then mode strict refuses what it signs");
        } else if (now.isAfter(end)) {
            warnings.add(who + " expired on " + end + ": mode strict refuses what it signs");
        }
        if (!signsCode(certificate.getExtensions())) {
            warnings.add(who + " is not for signing code, by its key usage: mode strict refuses what it signs");
        }
        if (key.kind() == KeyKind.RSA && isWeak(certificate)) {
            warnings.add(
                    who + " has an RSA key of less than 2048 bits or with an exponent below 65537: mode strict refuses"
                            + " what it signs");
        }
        return warnings;
    }

    /** The subject in the form of RFC 4514. */
    private static String subject(X509CertificateHolder certificate) {
        try {
            return new X500Principal(certificate.getSubject().getEncoded()).getName();
        } catch (IOException | IllegalArgumentException e) {
            return certificate.getSubject().toString();
        }
    }

    /** Without an extension everything is allowed; a malformed one allows nothing. */
    private static boolean signsCode(@Nullable Extensions extensions) {
        if (extensions == null) {
            return true;
        }
        try {
            KeyUsage usage = KeyUsage.fromExtensions(extensions);
            ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(extensions);
            return (usage == null || usage.hasUsages(KeyUsage.digitalSignature))
                    && (purposes == null
                            || purposes.hasKeyPurposeId(KeyPurposeId.id_kp_codeSigning)
                            || purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWeak(X509CertificateHolder certificate) {
        try {
            RSAPublicKey key = RSAPublicKey.getInstance(
                    certificate.getSubjectPublicKeyInfo().parsePublicKey());
            return key.getModulus().bitLength() < MIN_RSA_BITS
                    || key.getPublicExponent().bitLength() < MIN_EXPONENT_BITS;
        } catch (IOException | IllegalArgumentException e) {
            return true;
        }
    }

    /** Says that the contract hornet, in the mode that is the default, does not know the algorithm. */
    static String notInDefaultMode(KeyKind kind) {
        return "hornet verifies " + kind.label()
                + " in mode strict only: its default mode, compat-n, refuses this signature, as"
                + " the kernel patch does (RSA and ECDSA are taken in every mode)";
    }
}
