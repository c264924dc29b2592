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
     * Judges a message.
     *
     * @param message the message
     * @param bytes the content that was signed; must not change meanwhile
     * @param keyring who is trusted
     * @param blacklist who is not, whatever the keyring says
     * @return the judgement
     */
    public static MessageVerification of(SignedMessage message, byte[] bytes, Keyring keyring, Keyring blacklist) {
        DetachedContent content = new DetachedContent(bytes);
        SignatureCheck signatures = new SignatureCheck(message, content);
        Outcome good = signatures.run();
        if (!good.isPassed()) {
            return new MessageVerification(good, List.of());
        }
        if (!blacklist.isEmpty()
                && new TrustCheck(blacklist, content).run(signatures.signers()).isPassed()) {
            return new MessageVerification(
                    Outcome.failed(Errno.EKEYREJECTED, "a key of the message is on the blacklist"), List.of());
        }
        TrustCheck trust = new TrustCheck(keyring, content);
        Outcome outcome = trust.run(signatures.signers());
        return new MessageVerification(outcome, outcome.isPassed() ? List.copyOf(trust.trusted()) : List.of());
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
