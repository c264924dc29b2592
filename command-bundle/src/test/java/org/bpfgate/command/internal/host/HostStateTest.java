package org.bpfgate.command.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostStateTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'[none] integrity confidentiality', none",
                "'none [integrity] confidentiality', integrity",
                "'none integrity [confidentiality]', confidentiality",
                "'none', -",
                "'[none', -",
                "'none]', -",
                "'', -",
            })
    void theChosenWordStandsInBrackets(String text, String chosen) {
        assertThat(HostState.chosen(text).orElse(null)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'Max locked memory         8388608              8388608              bytes     ', 8388608",
                "'Max locked memory         0                    unlimited            bytes     ', 0",
                "'Max locked memory         unlimited            unlimited            bytes     ', -",
                "'Max open files            1024                 524288               files     ', -",
                "'Max locked memory', -",
                "'Max locked memory         99999999999999999999 8388608              bytes     ', -",
            })
    void theSoftLimitOfLockedMemory(String line, Long limit) {
        String limits = "Limit                     Soft Limit           Hard Limit           Units\n" + line + "\n";
        assertThat(HostState.memlock(limits).stream().boxed().findFirst().orElse(null))
                .isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "'Seccomp:\t0|Seccomp_filters:\t0', 0",
        "'Seccomp:\t2|Seccomp_filters:\t3', 3",
        "'Seccomp:\t2', 1", // before Linux 5.9
        "'Seccomp:\t0', 0",
        "'Seccomp_filters:\tmany', 0",
        "'', 0",
    })
    void theNumberOfFilters(String status, int filters) {
        assertThat(HostState.filters("Name:\tsh\n" + status.replace('|', '\n') + "\n"))
                .isEqualTo(filters);
    }

    @ParameterizedTest
    @CsvSource({
        "6.18.44-fc-v657, 6, 18",
        "5.4.0-150-generic, 5, 4",
        "4.18.0-553.el8.x86_64, 4, 18",
        "'', 0, 0",
        "rolling, 0, 0",
        "99999.1, 0, 0",
    })
    void theVersionIsTheFirstTwoNumbers(String release, int major, int minor) {
        assertThat(KernelVersion.of(release)).isEqualTo(new KernelVersion(major, minor));
    }

    @Test
    void versionsAreCompared() {
        KernelVersion kernel = new KernelVersion(5, 10);
        assertThat(kernel.isAtLeast(5, 10)).isTrue();
        assertThat(kernel.isAtLeast(4, 20)).isTrue();
        assertThat(kernel.isAtLeast(5, 11)).isFalse();
        assertThat(kernel.isAtLeast(6, 0)).isFalse();
    }

    @FuzzTest
    void anyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        HostState.chosen(text);
        HostState.memlock(text);
        HostState.filters(text);
        KernelVersion.of(text);
    }
}
