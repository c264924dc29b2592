package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.internal.keyring.Keyring;
import org.bpfgate.integrity.sig.internal.x509.AuthorityKey;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Looks for signers that a keyring vouches for, {@code pkcs7_validate_trust()}. One suffices; but a key that is in the
 * keyring and does not verify what it should is an error for the whole message. Used by one thread.
 */
final class TrustCheck {
    private final Keyring keyring;
    private final Content content;
    private final List<TrustedSigner> trusted = new ArrayList<>();

    TrustCheck(Keyring keyring, Content content) {
        this.keyring = keyring;
        this.content = content;
    }

    /** Returns the signers that {@link #run} found trustworthy, in the order of the message. */
    List<TrustedSigner> trusted() {
        return trusted;
    }

    Outcome run(List<VerifiedSigner> signers) {
        for (VerifiedSigner signer : signers) {
            Outcome outcome = check(signer);
            if (!outcome.isPassed() && outcome.errno() != Errno.ENOKEY) {
                return outcome;
            }
        }
        return trusted.isEmpty() ? notFound(signers) : Outcome.PASSED;
    }

    private Outcome notFound(List<VerifiedSigner> signers) {
        return notFound(signers, keyring);
    }

    static Outcome notFound(List<VerifiedSigner> signers, Keyring keyring) {
        String others = signers.size() == 1 ? "" : ", nor is any of the " + (signers.size() - 1) + " other signers";
        return Outcome.failed(
                Errno.ENOKEY,
                ReasonCode.UNTRUSTED_SIGNER,
                "the signer (" + signers.get(0).info().name() + ") is not in the keyring " + keyring.name()
                        + (keyring.hasCertificates() ? "" : ", which is empty") + others);
    }

    private Outcome check(VerifiedSigner signer) {
        List<Certificate> chain = signer.chain();
        for (int i = 0; i < chain.size(); i++) {
            Certificate known = keyring.find(chain.get(i).id());
            if (known != null && isSameKey(known, chain.get(i).subjectKeyId())) {
                return accept(signer, i - 1, known);
            }
            if (chain.get(i).isSelfIssued()) {
                return noKey();
            }
        }
        return chain.isEmpty() ? checkByName(signer) : checkByAuthority(signer);
    }

    /** The issuer of the highest certificate in the message may be in the keyring. */
    private Outcome checkByAuthority(VerifiedSigner signer) {
        int top = signer.chain().size() - 1;
        AuthorityKey authority = signer.chain().get(top).authority();
        KeyId wanted = authority.certificate() != null ? authority.certificate() : authority.key();
        Certificate known = wanted == null ? null : keyring.find(wanted);
        if (known == null) {
            return checkByName(signer);
        }
        if (authority.certificate() != null && !isSameKey(known, authority.key())) {
            return Outcome.failed(
                    Errno.EKEYREJECTED,
                    ReasonCode.BROKEN_CHAIN,
                    "the certificate in the message names an issuer of the keyring " + keyring.name()
                            + " with another key");
        }
        return accept(signer, top, known);
    }

    /** The usual case for BPF: no certificate in the message. */
    private Outcome checkByName(VerifiedSigner signer) {
        Certificate known = keyring.find(signer.info().name().keyId());
        return known == null ? noKey() : accept(signer, -1, known);
    }

    private static Outcome noKey() {
        return Outcome.failed(Errno.ENOKEY, ReasonCode.UNTRUSTED_SIGNER, "no key");
    }

    /** When both sides name a key identifier it must be one; naming it on the message's side only does not match. */
    static boolean isSameKey(Certificate known, @Nullable KeyId named) {
        return named == null || named.equals(known.subjectKeyId());
    }

    private Outcome accept(VerifiedSigner signer, int below, Certificate known) {
        Outcome outcome = verify(signer, below, known, content, keyring);
        if (outcome.isPassed()) {
            trusted.add(TrustedSigner.through(signer, below, known));
        }
        return outcome;
    }

    /**
     * Verifies with the keyring's key what stands below it.
     *
     * @param below the place in the chain of the certificate that the key must have signed; -1 for the signature itself
     */
    static Outcome verify(VerifiedSigner signer, int below, Certificate known, Content content, Keyring keyring) {
        if (below < 0) {
            return signer.info().isMadeWith(known.key(), content) ? Outcome.PASSED : badSignature(signer.info());
        }
        return signer.chain().get(below).isSignedBy(known.key())
                ? Outcome.PASSED
                : Outcome.failed(
                        Errno.EKEYREJECTED,
                        ReasonCode.BROKEN_CHAIN,
                        "a certificate in the message is not signed by the key of its issuer in the keyring "
                                + keyring.name());
    }

    /** Without attributes the signature is over the instructions, so that nobody can tell which of the two was changed. */
    static Outcome badSignature(SignerInfo signer) {
        String cause = signer.attributes() == null
                ? "the instructions were changed after signing, or the signature was"
                : "the signed attributes or the signature were changed after signing";
        return Outcome.failed(
                Errno.EKEYREJECTED,
                ReasonCode.SIGNATURE_MISMATCH,
                "the signature does not verify with the key of the signer (" + signer.name() + "): " + cause);
    }
}
