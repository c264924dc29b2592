package org.bpfgate.policy.ipe.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final String[] ALGORITHMS = {"sha224", "sha256", "sha384", "sha512"};

    @ParameterizedTest
    @CsvSource({
        "sha265, sha256",
        "sha2565, sha256",
        "Sha25, sha256",
        "sh512, sha512",
        "ahs256, sha256",
        "shaa3844, sha384"
    })
    void twoErrorsAreASlipAndSwappedNeighboursAreOneError(String word, String meant) {
        assertThat(Suggestion.of(word, ALGORITHMS)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"md5", "blake2b", "''"})
    void anotherWordIsNoSlip(String word) {
        assertThat(Suggestion.of(word, ALGORITHMS)).isNull();
    }

    @Test
    void theOrderOfTheCandidatesDoesNotMatter() {
        assertThat(Suggestion.of("ab", "ad", "ac", "abcd")).isEqualTo("ac");
        assertThat(Suggestion.of("ab", "abcd", "ac", "ad")).isEqualTo("ac");
    }
}
