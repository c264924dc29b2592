package org.bpfgate.integrity.sig.internal.pkcs7;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Checks a message against the content as far as that goes without trusting anyone, {@code pkcs7_verify()} for the usage
 * "BPF": signed attributes may be there or not. Every signer must pass. Used by one thread.
 */
final class SignatureCheck {
    private final SignedMessage message;
    private final Content content;
    private final @Nullable CertificateChain certificates;
    private final List<VerifiedSigner> signers = new ArrayList<>();

    SignatureCheck(SignedMessage message, Content content) {
        this.message = message;
        this.content = content;
        this.certificates = message.certificates().isEmpty() ? null : new CertificateChain(message.certificates());
    }

    /** Returns the signers after {@link #run()} passed. */
    List<VerifiedSigner> signers() {
        return signers;
    }

    Outcome run() {
        if (!message.contentType().equals(Pkcs7Oid.DATA)) {
            return Outcome.failed(
                    Errno.EKEYREJECTED, ReasonCode.CONTENT_TYPE, "the message signs Authenticode content, not data");
        }
        if (message.signers().get(0).attributes() == null && content.beginsLikeAttributes()) {
            return Outcome.failed(
                    Errno.EKEYREJECTED,
                    ReasonCode.ATTRIBUTES_AS_CONTENT,
                    "the content begins like the signed attributes of a message, which may be where its signature is from");
        }
        for (SignerInfo signer : message.signers()) {
            Outcome outcome = check(signer);
            if (!outcome.isPassed()) {
                return outcome;
            }
        }
        return Outcome.PASSED;
    }

    private Outcome check(SignerInfo signer) {
        Outcome digest = checkDigest(signer);
        if (!digest.isPassed()) {
            return digest;
        }
        CertificateChain chain = certificates;
        Certificate certificate =
                chain == null ? null : chain.find(signer.name().keyId());
        if (chain == null || certificate == null) {
            // Not an error: the certificate of a BPF signer usually is in the keyring only.
            signers.add(new VerifiedSigner(signer, List.of()));
            return Outcome.PASSED;
        }
        return checkWith(certificate, chain, signer);
    }

    private Outcome checkDigest(SignerInfo signer) {
        SignedAttributes attributes = signer.attributes();
        if (attributes == null) {
            return Outcome.PASSED;
        }
        byte[] actual = content.digest(signer.digest());
        if (attributes.messageDigest().length != actual.length) {
            return Outcome.failed(
                    Errno.EBADMSG,
                    ReasonCode.DIGEST_MISMATCH,
                    "the signed attribute messageDigest is not as long as a " + signer.digest() + " digest");
        }
        if (!Arrays.equals(attributes.messageDigest(), actual)) {
            return Outcome.failed(
                    Errno.EKEYREJECTED,
                    ReasonCode.DIGEST_MISMATCH,
                    (message.content() == null ? "the instructions were" : "the content was")
                            + " changed after signing (or the signature belongs to another "
                            + (message.content() == null ? "program" : "content")
                            + "): the digest is not the signed one");
        }
        return Outcome.PASSED;
    }

    private Outcome checkWith(Certificate certificate, CertificateChain certificates, SignerInfo signer) {
        SignedAttributes attributes = signer.attributes();
        Long time = attributes == null ? null : attributes.signingTime();
        if (time != null && !certificate.validity().contains(time)) {
            return Outcome.failed(
                    Errno.EKEYREJECTED,
                    ReasonCode.SIGNING_TIME,
                    "the signing time lies outside the validity of the certificate in the message: the message was signed at "
                            + Instant.ofEpochSecond(time) + ", by its own words, and the certificate of "
                            + certificate.subject() + " is valid from " + certificate.validity());
        }
        if (!signer.isMadeWith(certificate.key(), content)) {
            return TrustCheck.badSignature(signer);
        }
        List<Certificate> chain = certificates.from(certificate);
        if (chain == null) {
            return Outcome.failed(
                    Errno.EKEYREJECTED,
                    ReasonCode.BROKEN_CHAIN,
                    "a certificate in the message is not signed by its issuer there");
        }
        signers.add(new VerifiedSigner(signer, chain));
        return Outcome.PASSED;
    }
}
