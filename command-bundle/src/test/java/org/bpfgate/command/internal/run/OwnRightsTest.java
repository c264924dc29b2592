package org.bpfgate.command.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnRightsTest {
    @TempDir
    Path directory;

    /** Bits 21 and 39 of {@code include/uapi/linux/capability.h}. */
    @ParameterizedTest
    @CsvSource({
        "CapEff:\t0000000000000000, true",
        "CapEff:\t0000008000000000, false",
        "CapEff:\t0000000000200000, false",
        "CapEff:\t000001ffffffffff, false",
        "CapEff:\tffffffffffffffff, false",
        "CapEff:\t0000004000001000, true",
        "CapPrm:\t0000000000000000, false",
        "CapEff:\tnonsense, false",
    })
    void areThoseOfTheEffectiveSet(String line, boolean lack) throws IOException {
        Path status = Files.writeString(directory.resolve("status"), "Name:\tx\n" + line + "\nSeccomp:\t0\n");
        assertThat(OwnRights.lackBpf(status)).isEqualTo(lack);
    }

    @Test
    void ofAStatusThatIsNotThereNothingIsSaid() {
        assertThat(OwnRights.lackBpf(directory.resolve("none"))).isFalse();
    }
}
