package org.bpfgate.kernel.mediate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;

/** After a denied probe, and only then, a denial says that the loader may have changed the program. */
class DeniedProbesTest {
    private final DeniedProbes probes = new DeniedProbes();

    private static ClientStatus client(int pid) {
        return new ClientStatus(pid, pid, 0, "client", 0, "user:[1]");
    }

    private static ProgramLoad load(String name) {
        return ProgramLoad.of(new BpfProgram(name, ProgramType.XDP, Instructions.of(new byte[8])));
    }

    @Test
    void aDenialAfterADeniedProbeNamesTheProbe() {
        assertThat(probes.noteFor(client(1), load("").withProbe("libbpf-read-kernel")))
                .isEmpty();
        assertThat(probes.noteFor(client(1), load("count")))
                .contains("denied before (libbpf-read-kernel); the loader may have changed the program");
        assertThat(probes.noteFor(client(2), load("count")))
                .as("another process")
                .isEmpty();
    }

    @Test
    void theFirstProbeIsTheOneThatIsNamed() {
        probes.noteFor(client(1), load("").withProbe("first"));
        assertThat(probes.noteFor(client(1), load("").withProbe("second"))).contains("(first)");
        assertThat(probes.noteFor(client(1), load("count"))).contains("(first)");
    }

    @Test
    void aSmallProgramWithoutANameIsAProbeThatIsNotKnown() {
        probes.noteFor(client(1), load("").withTrial());
        assertThat(probes.noteFor(client(1), load("count"))).contains("(one that bpfgate does not know)");
    }

    @Test
    void aProgramWithANameOrThatCannotBeTriedIsNoProbe() {
        probes.noteFor(client(1), load("count").withTrial());
        probes.noteFor(client(1), load(""));
        assertThat(probes.noteFor(client(1), load("count"))).isEmpty();
    }

    /** Many processes cost no memory without end: the oldest are forgotten. */
    @Test
    void noMoreThan4096ProcessesAreRemembered() {
        for (int pid = 1; pid <= 4097; pid++) {
            probes.noteFor(client(pid), load("").withProbe("p"));
        }
        assertThat(probes.noteFor(client(1), load("count"))).isEmpty();
        assertThat(probes.noteFor(client(2), load("count"))).isNotEmpty();
    }
}
