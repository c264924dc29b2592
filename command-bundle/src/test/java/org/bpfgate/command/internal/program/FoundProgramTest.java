package org.bpfgate.command.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;

class FoundProgramTest {
    private static final BpfProgram PROGRAM = new BpfProgram("", ProgramType.UNSPEC, Instructions.of(new byte[8]));

    @Test
    void nobodyChangesItsArrays() {
        byte[] signature = {1};
        byte[] map = {2};
        FoundProgram found = new FoundProgram(
                Path.of("f"),
                Optional.empty(),
                PROGRAM,
                Optional.empty(),
                ProgramSection.UNKNOWN,
                Optional.of(signature),
                List.of(map));
        signature[0] = 9;
        map[0] = 9;
        found.signature().orElseThrow()[0] = 9;
        found.maps().getFirst()[0] = 9;
        assertThat(found.signature().orElseThrow()).containsExactly(1);
        assertThat(found.maps().getFirst()).containsExactly(2);
    }
}
