package org.bpfgate.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hook body of the kernel's shape returns: 0 allows, an error number denies, anything else denies and says so. */
class KernelValuesAreCaughtAtTheSeamTest {
    @Test
    void zeroAllows() {
        assertThat(HookResult.ofKernelValue(0, "")).isSameAs(HookResult.ALLOW);
    }

    @ParameterizedTest
    @EnumSource
    void aNegativeErrorNumberDeniesWithIt(Errno errno) {
        HookResult result = HookResult.ofKernelValue(-errno.number(), "because");
        assertThat(result.errno()).contains(errno);
        assertThat(result.reason()).isEqualTo("because");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, Integer.MAX_VALUE, Integer.MIN_VALUE, -100_000})
    void aPositiveOrUnknownNumberDeniesWithADiagnostic(int value) {
        HookResult result = HookResult.ofKernelValue(value, "because");
        assertThat(result.errno()).contains(Errno.EINVAL);
        assertThat(result.reason()).isEqualTo("a hook returned " + value + ", which is no result of a hook");
    }
}
