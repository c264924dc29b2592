package org.bpfgate.kernel.mediate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClientStatusTest {
    private static final String STATUS = """
            Name:\tloader
            Tgid:\t41
            Pid:\t42
            Uid:\t1000\t1001\t1002\t1003
            CapEff:\t000001ffffffffff
            """;

    @Test
    void theEffectiveIdsCount() {
        assertThat(ClientStatus.parse(42, STATUS)).isEqualTo(new ClientStatus(41, 42, 1001, "loader", 0x1ffffffffffL));
    }

    @Test
    void aNameCannotForgeALine() {
        String forged = STATUS.replace("loader", "x\\nUid:\t0\t0\t0\t0");
        assertThat(ClientStatus.parse(42, forged).uid()).isEqualTo(1001);
    }

    @Test
    void aMissingLineIsNoDefault() {
        assertThatThrownBy(() -> ClientStatus.parse(42, STATUS.replace("CapEff", "CapPrm")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CapEff");
    }
}
