package org.bpfgate.integrity.sig.pkcs7.internal;

import java.util.EnumMap;
import java.util.Map;
import org.bpfgate.integrity.sig.x509.internal.DigestAlgorithm;

/**
 * What was signed, kept outside the message. Digests it once per algorithm, however many signers the message has. Used by
 * one thread.
 */
public final class DetachedContent {
    private final byte[] bytes;
    private final Map<DigestAlgorithm, byte[]> digests = new EnumMap<>(DigestAlgorithm.class);

    /**
     * Wraps the content.
     *
     * @param bytes not copied; must not change while a message is judged
     */
    public DetachedContent(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] digest(DigestAlgorithm algorithm) {
        return digests.computeIfAbsent(algorithm, wanted -> wanted.digest(bytes));
    }
}
