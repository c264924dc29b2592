package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the start script tells is read strictly: what is no number of a descriptor above the streams is none. */
class StartConditionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''",
                "3|3",
                "9,3,7|3,7,9",
                "3,3|3",
                "0,1,2,3|3",
                "-4,x, 5,6|6",
                "99999999999,8|8",
            })
    void theInheritedDescriptorsAreNumbersAboveTheStreams(String told, String inherited) {
        List<Integer> expected = inherited.isEmpty()
                ? List.of()
                : Arrays.stream(inherited.split(",", -1)).map(Integer::valueOf).toList();
        assertThat(StartConditions.numbers(told)).isEqualTo(expected);
    }
}
