package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.internal.keyring.Keyring;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.Trust;

/**
 * Judges a message, {@code verify_pkcs7_message_sig()}: first whether it is good, then whether a signer is revoked, then
 * whether one is trusted. No clock is consulted, but for the gate's own list of revocations and in mode strict. Used by
 * one thread.
 */
public final class MessageVerification {
    private final Outcome outcome;
    private final List<TrustedSigner> trusted;

    private MessageVerification(Outcome outcome, List<TrustedSigner> trusted) {
        this.outcome = outcome;
        this.trusted = trusted;
    }

    /**
     * Judges a message whose content stands elsewhere.
     *
     * @param message the message; one that brings content of its own is not good
     * @param content what was signed
     * @param keyring in which signers are looked up
     * @param trust what is revoked
     * @return the judgement
     */
    public static MessageVerification detached(SignedMessage message, Content content, Keyring keyring, Trust trust) {
        return message.content() == null ? judge(message, content, keyring, trust) : attachedContent();
    }

    /**
     * As {@link #detached}, by the rules of mode strict: signers that do not keep them are not trusted.
     *
     * @param encoded the message as it was sent
     */
    public static MessageVerification detachedStrictly(
            SignedMessage message, byte[] encoded, Content content, Keyring keyring, Trust trust) {
        return message.content() == null ? judgeStrictly(message, encoded, content, keyring, trust) : attachedContent();
    }

    private static MessageVerification attachedContent() {
        return failed(
                Errno.EBADMSG,
                ReasonCode.ATTACHED_CONTENT,
                "the message carries content of its own; the signature must be detached");
    }

    /** Judges a message together with the content in it; a message without any is not good. Else as {@link #detached}. */
    public static MessageVerification attached(SignedMessage message, Keyring keyring, Trust trust) {
        Content content = message.content();
        return content == null ? noContent() : judge(message, content, keyring, trust);
    }

    /** As {@link #attached}, by the rules of mode strict. */
    public static MessageVerification attachedStrictly(
            SignedMessage message, byte[] encoded, Keyring keyring, Trust trust) {
        Content content = message.content();
        return content == null ? noContent() : judgeStrictly(message, encoded, content, keyring, trust);
    }

    private static MessageVerification noContent() {
        return failed(
                Errno.ENODATA,
                ReasonCode.NO_CONTENT,
                "the message carries no content; the signature must not be detached");
    }

    private static MessageVerification judge(SignedMessage message, Content content, Keyring keyring, Trust trust) {
        SignatureCheck signatures = new SignatureCheck(message, content);
        Outcome good = checkSignatures(signatures, content, trust.keyrings());
        if (!good.isPassed()) {
            return new MessageVerification(good, List.of());
        }
        TrustCheck check = new TrustCheck(keyring, content);
        return judged(check.run(signatures.signers()), check.trusted(), signatures, trust);
    }

    /** The encoding is looked at last, so that a message that is bad in every mode has the same reason in every mode. */
    private static MessageVerification judgeStrictly(
            SignedMessage message, byte[] encoded, Content content, Keyring keyring, Trust trust) {
        SignatureCheck signatures = new SignatureCheck(message, content);
        Outcome good = checkSignatures(signatures, content, trust.keyrings());
        if (!good.isPassed()) {
            return new MessageVerification(good, List.of());
        }
        StrictTrustCheck check = new StrictTrustCheck(keyring, content, trust.now());
        MessageVerification judged = judged(check.run(signatures.signers()), check.trusted(), signatures, trust);
        Outcome strict = judged.outcome.isPassed() ? Strictness.ofEncoding(encoded) : judged.outcome;
        return strict.isPassed() ? judged : new MessageVerification(strict, List.of());
    }

    /** What does not depend on who is trusted. */
    private static Outcome checkSignatures(SignatureCheck signatures, Content content, Keyrings keyrings) {
        Outcome good = signatures.run();
        boolean isRevoked = good.isPassed()
                && !keyrings.blacklist().isEmpty()
                && new TrustCheck(keyrings.blacklist(), content)
                        .run(signatures.signers())
                        .isPassed();
        return isRevoked
                ? Outcome.failed(Errno.EKEYREJECTED, ReasonCode.REVOKED_KEY, "a key of the message is on the blacklist")
                : good;
    }

    private static MessageVerification judged(
            Outcome outcome, List<TrustedSigner> trusted, SignatureCheck signatures, Trust trust) {
        if (outcome.isPassed() && RevokedPath.isAmong(trusted, signatures.signers(), trust)) {
            return failed(Errno.EKEYREJECTED, ReasonCode.REVOKED_KEY, "a certificate of the signer is revoked");
        }
        return new MessageVerification(outcome, outcome.isPassed() ? List.copyOf(trusted) : List.of());
    }

    private static MessageVerification failed(Errno errno, ReasonCode code, String reason) {
        return new MessageVerification(Outcome.failed(errno, code, reason), List.of());
    }

    /** Returns whether the message is good, and why not. */
    public Outcome outcome() {
        return outcome;
    }

    /** Returns the trusted signers in the order of the message; at least one if the message is good, none otherwise. */
    public List<TrustedSigner> trusted() {
        return trusted;
    }
}
