package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.internal.keyring.Keyring;
import org.bpfgate.integrity.sig.internal.x509.AuthorityKey;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Looks for signers that a keyring vouches for, by the rules of mode strict: each signer for itself, and each on any path to the
 * keyring that keeps the rules. So one more certificate in the keyring never takes trust away, where {@link TrustCheck}, like the
 * kernel, judges by the first certificate that it finds and refuses the message for one bad signature. Used by one thread.
 */
final class StrictTrustCheck {
    private final Keyring keyring;
    private final Content content;
    private final long now;
    private final List<TrustedSigner> trusted = new ArrayList<>();
    private @Nullable Outcome fault;

    /**
     * A check for one message.
     *
     * @param now seconds since 1970-01-01T00:00:00Z
     */
    StrictTrustCheck(Keyring keyring, Content content, long now) {
        this.keyring = keyring;
        this.content = content;
        this.now = now;
    }

    /** Returns the signers that {@link #run} found trustworthy, in the order of the message. */
    List<TrustedSigner> trusted() {
        return trusted;
    }

    /** Returns whether there is one; else why the first that has a key in the keyring is not trusted. */
    Outcome run(List<VerifiedSigner> signers) {
        for (VerifiedSigner signer : signers) {
            TrustedSigner found = find(signer);
            if (found != null) {
                trusted.add(found);
            }
        }
        if (!trusted.isEmpty()) {
            return Outcome.PASSED;
        }
        Outcome first = fault;
        return first == null ? TrustCheck.notFound(signers, keyring) : first;
    }

    private @Nullable TrustedSigner find(VerifiedSigner signer) {
        List<Certificate> chain = signer.chain();
        for (int i = 0; i < chain.size(); i++) {
            Certificate sent = chain.get(i);
            TrustedSigner found = through(signer, i - 1, sent.id(), sent.subjectKeyId());
            if (found != null || sent.isSelfIssued()) {
                return found;
            }
        }
        TrustedSigner found = chain.isEmpty() ? null : byAuthority(signer, chain.size() - 1);
        return found != null ? found : through(signer, -1, signer.info().name().keyId(), null);
    }

    private @Nullable TrustedSigner byAuthority(VerifiedSigner signer, int top) {
        AuthorityKey authority = signer.chain().get(top).authority();
        KeyId certificate = authority.certificate();
        if (certificate != null) {
            return through(signer, top, certificate, authority.key());
        }
        KeyId key = authority.key();
        return key == null ? null : through(signer, top, key, null);
    }

    /**
     * Tries all certificates of one identity.
     *
     * @param below as in {@link TrustCheck#verify}
     * @param key what the identifier of their key must be as well; null for any
     */
    private @Nullable TrustedSigner through(VerifiedSigner signer, int below, KeyId id, @Nullable KeyId key) {
        for (Certificate known : keyring.findAll(id)) {
            if (TrustCheck.isSameKey(known, key)) {
                Outcome outcome = TrustCheck.verify(signer, below, known, content, keyring);
                TrustedSigner found = TrustedSigner.through(signer, below, known);
                Outcome strict = outcome.isPassed() ? Strictness.ofSigner(found, now) : outcome;
                if (strict.isPassed()) {
                    return found;
                }
                fault = fault == null ? strict : fault;
            }
        }
        return null;
    }
}
