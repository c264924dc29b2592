package org.bpfgate.framework.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No interleaving lets a callback of a module begin after the wait for its last call has returned; and each of the measures
 * against that is needed.
 */
class NoCallIsOverlookedModelTest {
    private static StateSearch.Result search(EnterAndDrainModel.Variant variant) {
        StateSearch.Result result = new EnterAndDrainModel(variant).search();
        System.out.println(variant + ": " + result.states() + " states, "
                + (result.path().isEmpty()
                        ? "none wrong"
                        : "wrong after " + (result.path().size() - 1) + " steps"));
        return result;
    }

    @Test
    void noInterleavingCallsAModuleThatIsGone() {
        StateSearch.Result result = search(EnterAndDrainModel.Variant.CORRECT);
        assertThat(result.wrong()).isEmpty();
        assertThat(result.states()).isGreaterThan(1000);
        assertThat(result.ends()).as("ways to come to the end").isPositive();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CORRECT")
    void withoutOneOfTheMeasuresSomeInterleavingDoes(EnterAndDrainModel.Variant variant) {
        assertThat(search(variant).wrong()).isPresent();
    }
}
