package org.bpfgate.integrity.sig.internal.x509;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the arithmetic of signatures, which depend on nothing but the question. A question is known again by all of its
 * bytes, not by a digest of them. Each has one place, where the next one with that place replaces it. Safe for use by several
 * threads.
 */
final class KnownAnswers {
    /** Enough for as many threads to ask at once; a power of two. */
    private static final int PLACES = 64;

    /** Signed attributes and signature take less; so all places together hold 512 KiB at most. */
    static final int MAX_BYTES = 8192;

    private final AtomicReferenceArray<@Nullable Answer> places = new AtomicReferenceArray<>(PLACES);

    private static final class Answer {
        private final PublicKey key;
        private final @Nullable DigestAlgorithm digest;
        private final byte[] data;
        private final byte[] signature;
        private final boolean verifies;

        Answer(PublicKey key, @Nullable DigestAlgorithm digest, byte[] data, byte[] signature, boolean verifies) {
            this.key = key;
            this.digest = digest;
            this.data = data;
            this.signature = signature;
            this.verifies = verifies;
        }

        /** The very key, not an equal one: comparing keys may cost as much as it saves. */
        @SuppressWarnings("ReferenceEquality") // See above.
        boolean isTo(PublicKey askedKey, @Nullable DigestAlgorithm askedDigest, byte[] askedData, byte[] asked) {
            return key == askedKey
                    && digest == askedDigest
                    && Arrays.equals(signature, asked)
                    && Arrays.equals(data, askedData);
        }
    }

    /** Returns whether the signature verifies; null when it is not known. */
    @Nullable
    Boolean find(PublicKey key, @Nullable DigestAlgorithm digest, byte[] data, byte[] signature) {
        Answer answer = places.get(place(signature));
        return (answer != null && answer.isTo(key, digest, data, signature)) ? answer.verifies : null;
    }

    /** Keeps an answer; the arrays are not copied. */
    void keep(PublicKey key, @Nullable DigestAlgorithm digest, byte[] data, byte[] signature, boolean verifies) {
        if (data.length + signature.length <= MAX_BYTES) {
            places.set(place(signature), new Answer(key, digest, data, signature, verifies));
        }
    }

    /** The last bytes of a signature are as good as random; whoever chooses them loses the place to others, and no more. */
    private static int place(byte[] signature) {
        return signature.length == 0 ? 0 : signature[signature.length - 1] & (PLACES - 1);
    }
}
