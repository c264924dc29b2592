package org.bpfgate.integrity.sig.pkcs7.internal;

import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.keyring.internal.Keyring;

/**
 * Judges a message, {@code verify_pkcs7_message_sig()}: first whether it is good, then whether a signer is revoked, then
 * whether one is trusted. No clock is consulted. Used by one thread.
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
     * @param keyring who is trusted
     * @param blacklist who is not, whatever the keyring says
     * @return the judgement
     */
    public static MessageVerification detached(
            SignedMessage message, Content content, Keyring keyring, Keyring blacklist) {
        return message.content() == null
                ? judge(message, content, keyring, blacklist)
                : failed(Errno.EBADMSG, "the message carries content of its own; the signature must be detached");
    }

    /** Judges a message together with the content in it; a message without any is not good. Else as {@link #detached}. */
    public static MessageVerification attached(SignedMessage message, Keyring keyring, Keyring blacklist) {
        Content content = message.content();
        return content == null
                ? failed(Errno.ENODATA, "the message carries no content; the signature must not be detached")
                : judge(message, content, keyring, blacklist);
    }

    private static MessageVerification judge(
            SignedMessage message, Content content, Keyring keyring, Keyring blacklist) {
        SignatureCheck signatures = new SignatureCheck(message, content);
        Outcome good = signatures.run();
        if (!good.isPassed()) {
            return new MessageVerification(good, List.of());
        }
        if (!blacklist.isEmpty()
                && new TrustCheck(blacklist, content).run(signatures.signers()).isPassed()) {
            return failed(Errno.EKEYREJECTED, "a key of the message is on the blacklist");
        }
        TrustCheck trust = new TrustCheck(keyring, content);
        Outcome outcome = trust.run(signatures.signers());
        return new MessageVerification(outcome, outcome.isPassed() ? List.copyOf(trust.trusted()) : List.of());
    }

    private static MessageVerification failed(Errno errno, String reason) {
        return new MessageVerification(Outcome.failed(errno, reason), List.of());
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
