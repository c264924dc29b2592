package org.bpfgate.integrity.hash.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramType;

class WhatIsListedIsOkAndNothingElseTest {
    @Property
    void holdsForEveryListAndProgram(
            @ForAll @Size(max = 40) Set<Byte> listed, @ForAll byte loaded, @ForAll ProgramType type)
            throws AllowlistException {
        StringBuilder text = new StringBuilder();
        for (byte code : listed) {
            text.append(Lists.hex(Lists.returning(code)))
                    .append("  p")
                    .append(code & 7)
                    .append(" # type=xdp\n");
        }
        IntegrityVerdict verdict = Evaluation.of(
                        Lists.program("p" + (loaded & 7), type, Lists.returning(loaded)),
                        Lists.list(text.toString()),
                        Instant.EPOCH)
                .verdict();
        assertThat(verdict == IntegrityVerdict.OK).isEqualTo(listed.contains(loaded));
    }
}
