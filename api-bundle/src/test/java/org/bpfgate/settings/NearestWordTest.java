package org.bpfgate.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    private static final List<String> VERBS = List.of("check", "verify", "test", "sign", "policy", "run", "learn");

    @ParameterizedTest
    @CsvSource({"chek,check", "CHECK,check", "chekc,check", "verfy,verify", "polciy,policy", "lern,learn", "tset,test"})
    void aSlipIsTheWordThatIsNear(String word, String meant) {
        assertThat(NearestWord.of(word, VERBS)).contains(meant);
    }

    @Test
    void anotherWordIsNoSlip() {
        assertThat(NearestWord.of("frobnicate", VERBS)).isEmpty();
        assertThat(NearestWord.of("c".repeat(1_000_000), VERBS)).isEmpty();
    }

    @Test
    void aLetterThatWasLeftOutIsLikelierThanAWrongOne() {
        assertThat(NearestWord.of("compat-7", List.of("compat-n", "compat-v7"))).contains("compat-v7");
    }

    @Test
    void theOrderOfTheCandidatesDoesNotMatter() {
        assertThat(NearestWord.of("ab", List.of("ad", "ac"))).contains("ac");
        assertThat(NearestWord.of("ab", List.of("ac", "ad"))).contains("ac");
    }
}
