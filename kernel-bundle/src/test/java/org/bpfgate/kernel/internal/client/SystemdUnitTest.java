package org.bpfgate.kernel.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemdUnitTest {
    @ParameterizedTest
    @CsvSource({
        "0::/system.slice/agent.service, agent.service",
        "0::/system.slice/agent.service/workers, agent.service",
        "0::/user.slice/user-0.slice/session-1.scope, session-1.scope",
        "0::/user.slice/user@0.service/app.slice/shell.service, shell.service",
        "1:name=systemd:/system.slice/old.service, old.service",
    })
    void theInnermostUnitCounts(String line, String unit) {
        assertThat(SystemdUnit.in(line + "\n")).contains(unit);
    }

    @ParameterizedTest
    @CsvSource({"0::/", "0::/system.slice", "4:memory:/system.slice/agent.service", "''"})
    void whatIsInNoUnitHasNone(String line) {
        assertThat(SystemdUnit.in(line + "\n")).isEmpty();
    }

    @Test
    void otherHierarchiesDoNotCount() {
        assertThat(SystemdUnit.in("4:memory:/wrong.service\n0::/right.service\n"))
                .contains("right.service");
    }
}
