package org.bpfgate.serve.internal.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredDescriptorTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            7, 2,                  listener-1:listener-2,  'listener-1 3, listener-2 4'
            7, 2,                  listener-1,             'listener-1 3, unknown 4'
            7, 2,                  -,                      'unknown 3, unknown 4'
            7, 0,                  -,                      ''
            7, -,                  -,                      ''
            7, x,                  -,                      ''
            7, 999999999,          -,                      ''
            7, 99999999999999,     -,                      ''
            8, 2,                  -,                      ''
            -, 2,                  -,                      ''
            """)
    void areWhatTheVariablesSay(String pid, String count, String names, String expected) {
        Map<String, String> environment = new java.util.HashMap<>();
        environment.put("LISTEN_PID", pid);
        environment.put("LISTEN_FDS", count);
        environment.put("LISTEN_FDNAMES", names);
        environment.values().removeIf(java.util.Objects::isNull);
        assertThat(StoredDescriptor.of(environment, 7).stream().map(each -> each.name() + " " + each.number()))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(", "));
    }

    @Test
    void areNoneWithoutSystemd() {
        assertThat(StoredDescriptor.of(Map.of(), 7)).isEmpty();
    }
}
