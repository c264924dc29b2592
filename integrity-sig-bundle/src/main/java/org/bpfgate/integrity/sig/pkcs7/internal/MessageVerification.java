package org.bpfgate.integrity.sig.pkcs7.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.keyring.internal.Keyring;
import org.bpfgate.integrity.sig.keyring.internal.Keyrings;
import org.bpfgate.integrity.sig.keyring.internal.Trust;

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
        return message.content() == null
                ? judge(message, content, keyring, trust)
                : failed(
                        Errno.EBADMSG,
                        ReasonCode.ATTACHED_CONTENT,
                        "the message carries content of its own; the signature must be detached");
    }

    /** Judges a message together with the content in it; a message without any is not good. Else as {@link #detached}. */
    public static MessageVerification attached(SignedMessage message, Keyring keyring, Trust trust) {
        Content content = message.content();
        return content == null
                ? failed(
                        Errno.ENODATA,
                        ReasonCode.NO_CONTENT,
                        "the message carries no content; the signature must not be detached")
                : judge(message, content, keyring, trust);
    }

    private static MessageVerification judge(SignedMessage message, Content content, Keyring keyring, Trust trust) {
        SignatureCheck signatures = new SignatureCheck(message, content);
        Outcome good = signatures.run();
        if (!good.isPassed()) {
            return new MessageVerification(good, List.of());
        }
        Keyrings keyrings = trust.keyrings();
        if (!keyrings.blacklist().isEmpty()
                && new TrustCheck(keyrings.blacklist(), content)
                        .run(signatures.signers())
                        .isPassed()) {
            return failed(Errno.EKEYREJECTED, ReasonCode.REVOKED_KEY, "a key of the message is on the blacklist");
        }
        TrustCheck check = new TrustCheck(keyring, content);
        Outcome outcome = check.run(signatures.signers());
        if (outcome.isPassed() && RevokedPath.isAmong(check.trusted(), signatures.signers(), trust)) {
            return failed(Errno.EKEYREJECTED, ReasonCode.REVOKED_KEY, "a certificate of the signer is revoked");
        }
        return new MessageVerification(outcome, outcome.isPassed() ? List.copyOf(check.trusted()) : List.of());
    }

    private static MessageVerification failed(Errno errno, ReasonCode code, String reason) {
        return new MessageVerification(Outcome.failed(errno, code, reason), List.of());
    }

    /**
     * Judges further, by the rules of mode strict. Signers that do not keep them are trusted no more; when none is left the
     * message is not good, for the reason of the first.
     *
     * @param encoded the message
     * @param now seconds since 1970-01-01T00:00:00Z
     */
    public MessageVerification strictly(byte[] encoded, long now) {
        Outcome first = outcome.isPassed() ? Strictness.ofEncoding(encoded) : outcome;
        if (!first.isPassed()) {
            return new MessageVerification(first, List.of());
        }
        List<TrustedSigner> left = new ArrayList<>();
        for (TrustedSigner signer : trusted) {
            Outcome strict = Strictness.ofSigner(signer, now);
            first = first.isPassed() ? strict : first;
            if (strict.isPassed()) {
                left.add(signer);
            }
        }
        return new MessageVerification(left.isEmpty() ? first : Outcome.PASSED, List.copyOf(left));
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
