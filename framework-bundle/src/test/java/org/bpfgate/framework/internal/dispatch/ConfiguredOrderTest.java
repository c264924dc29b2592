package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BlobType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code lsm.order} puts the modules that it names first; what it cannot do is a problem of the stack, not a failure. */
class ConfiguredOrderTest {
    private final TestStack stack = new TestStack();

    @BeforeEach
    void registerThree() {
        stack.add(Policy.allowing("high"), 30);
        stack.add(Policy.allowing("middle"), 20);
        stack.add(Policy.allowing("low"), 10);
    }

    private void order(String... names) {
        stack.configure(List.of(names), List.of(), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of(List.of(), List.of("high", "middle", "low")),
                Arguments.of(List.of("low"), List.of("low", "high", "middle")),
                Arguments.of(List.of("low", "middle"), List.of("low", "middle", "high")),
                Arguments.of(List.of("middle", "low", "high"), List.of("middle", "low", "high")),
                Arguments.of(List.of("nobody", "low"), List.of("low", "high", "middle")));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void namedModulesComeFirstAndTheOthersByRanking(List<String> order, List<String> expected) {
        order(order.toArray(String[]::new));
        assertThat(stack.names()).isEqualTo(expected);
    }

    @Test
    void aNameThatNoModuleHasIsAProblemUntilTheModuleComes() {
        order("nobody");
        assertThat(stack.hooks.stack().problems())
                .containsExactly("lsm.order names nobody, and there is no such module");
        stack.add(Policy.allowing("nobody"), 0);
        assertThat(stack.hooks.stack().problems()).isEmpty();
        assertThat(stack.names()).first().isEqualTo("nobody");
    }

    @Test
    void aSecondModuleOfANameIsAProblemThatNamesItsBundle() {
        stack.registry.put(TestStack.registered(Policy.allowing("high"), 99, 50));
        assertThat(stack.hooks.stack().problems())
                .containsExactly("a second module named high is left out: service 99 of bundle bundle.high");
    }

    @Test
    void aRequiredModuleThatIsMissingIsAProblem() {
        stack.configure(List.of(), List.of("high", "ipe"), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(stack.hooks.stack().problems()).containsExactly("the required module ipe is missing");
        assertThat(stack.registry.current().missing).containsExactly("ipe");
    }

    @Test
    void theConfiguredOrderOutweighsAChangedRanking() {
        order("low");
        stack.registry.put(TestStack.registered(Policy.allowing("middle"), 2, 99));
        assertThat(stack.names()).containsExactly("low", "middle", "high");
    }

    @Test
    void aChangeThatNoCallWouldNoticeMakesNoGeneration() {
        order();
        long generation = stack.hooks.stack().generation();
        order("high");
        assertThat(stack.hooks.stack().generation()).isEqualTo(generation);
    }

    @Test
    void aModuleThatCannotSayWhatItKeepsNeverGetsIntoTheRegistry() {
        record Broken(LsmId lsmId) implements SecurityModule {
            @Override
            public Optional<BlobType<?>> mapBlob() {
                throw new IllegalStateException("boom");
            }
        }
        assertThatIllegalStateException().isThrownBy(() -> stack.add(new Broken(LsmId.named("broken")), 0));
        stack.add(Policy.allowing("next"), 0);
        assertThat(stack.names()).containsExactly("high", "middle", "low", "next");
    }
}
