package org.bpfgate.integrity.sig.internal.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswersAreKnownByTheWholeQuestionTest {
    private final KnownAnswers answers = new KnownAnswers();
    private final byte[] data = {1, 2, 3};
    private final byte[] signature = {4, 5, 6};
    private PublicKey key;

    @BeforeEach
    void keep() throws NoSuchAlgorithmException {
        key = newKey();
        answers.keep(key, DigestAlgorithm.SHA256, data, signature, true);
    }

    private static PublicKey newKey() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        assertThat(answers.find(key, DigestAlgorithm.SHA256, data.clone(), signature.clone()))
                .isTrue();
        answers.keep(key, DigestAlgorithm.SHA256, data, signature, false);
        assertThat(answers.find(key, DigestAlgorithm.SHA256, data, signature)).isFalse();
    }

    @Test
    void everyOtherQuestionIsUnknown() throws NoSuchAlgorithmException {
        assertThat(answers.find(newKey(), DigestAlgorithm.SHA256, data, signature))
                .isNull();
        assertThat(answers.find(key, DigestAlgorithm.SHA512, data, signature)).isNull();
        assertThat(answers.find(key, null, data, signature)).isNull();
        assertThat(answers.find(key, DigestAlgorithm.SHA256, new byte[] {1, 2, 4}, signature))
                .isNull();
        assertThat(answers.find(key, DigestAlgorithm.SHA256, data, new byte[] {4, 7, 6}))
                .isNull();
        assertThat(answers.find(key, DigestAlgorithm.SHA256, data, new byte[0])).isNull();
    }

    @Test
    void largeQuestionsAreNotKept() {
        byte[] large = new byte[KnownAnswers.MAX_BYTES];
        answers.keep(key, DigestAlgorithm.SHA256, large, signature, true);
        assertThat(answers.find(key, DigestAlgorithm.SHA256, large, signature)).isNull();
    }
}
