package org.bpfgate.framework.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a drain's patience is over, no interleaving lets a callback begin that it does not know of. */
class NoCallbackBeginsAfterADrainModelTest {
    private static StateSearch.Result search(EndAndCallbackModel.Variant variant) {
        StateSearch.Result result = new EndAndCallbackModel(variant).search();
        System.out.println(
                variant + ": " + result.states() + " states, " + (result.path().isEmpty() ? "none wrong" : "wrong"));
        return result;
    }

    @Test
    void noInterleavingBeginsACallbackUnseen() {
        StateSearch.Result result = search(EndAndCallbackModel.Variant.CORRECT);
        assertThat(result.wrong()).isEmpty();
        assertThat(result.ends()).as("ways to come to the end").isGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CORRECT")
    void withoutOneOfTheMeasuresSomeInterleavingDoes(EndAndCallbackModel.Variant variant) {
        assertThat(search(variant).wrong()).isPresent();
    }
}
