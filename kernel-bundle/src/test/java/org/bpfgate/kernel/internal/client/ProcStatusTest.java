package org.bpfgate.kernel.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the text of a status tells, and what it cannot be made to tell. */
class ProcStatusTest {
    private static final String STATUS = """
            Name:\tloader
            Tgid:\t41
            Pid:\t42
            Uid:\t1000\t1001\t1002\t1003
            CapEff:\t000001ffffffffff
            """;

    @Test
    void theProcessOfAThreadIsFound() {
        assertThat(new ProcStatus(STATUS).pid()).isEqualTo(41);
    }

    @Test
    void aNameCannotForgeALine() {
        String forged = STATUS.replace("loader", "x\\nTgid:\t7");
        assertThat(new ProcStatus(forged).pid()).isEqualTo(41);
    }

    @Test
    void aMissingLineIsNoDefault() {
        ProcStatus without = new ProcStatus(STATUS.replace("Tgid", "Ngid"));
        assertThatThrownBy(without::pid)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Tgid");
    }
}
