package org.bpfgate.kernel.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.kernel.internal.client.ClientStatus;
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
        return load(name, ProgramType.XDP, 0);
    }

    private static ProgramLoad load(String name, ProgramType type, int content) {
        return ProgramLoad.of(
                new BpfProgram(name, type, Instructions.of(new byte[] {(byte) content, 0, 0, 0, 0, 0, 0, 0})));
    }

    private static ProgramLoad other(String name) {
        return load(name, ProgramType.XDP, 1);
    }

    @Test
    void aDenialAfterADeniedProbeNamesTheProbe() {
        assertThat(probes.noteFor(client(1), load("").withProbe("libbpf-read-kernel")))
                .isEmpty();
        assertThat(probes.noteFor(client(1), other("count")))
                .contains("denied before (libbpf-read-kernel); the loader may have changed the program");
        assertThat(probes.noteFor(client(2), other("count")))
                .as("another process")
                .isEmpty();
    }

    @Test
    void theFirstProbeIsTheOneThatIsNamed() {
        probes.noteFor(client(1), load("").withProbe("first"));
        assertThat(probes.noteFor(client(1), other("").withProbe("second"))).contains("(first)");
        assertThat(probes.noteFor(client(1), other("count"))).contains("(first)");
    }

    @Test
    void aSmallProgramWithoutANameIsAProbeThatIsNotKnown() {
        probes.noteFor(client(1), load("").withTrial());
        assertThat(probes.noteFor(client(1), other("count"))).contains("(one that bpfgate does not know)");
    }

    /** A client that tries one program again and again has not changed it. */
    @Test
    void aDeniedProgramIsNoProbeForItself() {
        ProgramLoad program = load("").withTrial();
        for (int times = 1; times <= 60; times++) {
            assertThat(probes.noteFor(client(1), program)).isEmpty();
        }
        assertThat(probes.noteFor(client(1), load("", ProgramType.SCHED_CLS, 0).withTrial()))
                .as("another type")
                .isNotEmpty();
        assertThat(probes.noteFor(client(1), other("").withTrial()))
                .as("other instructions")
                .isNotEmpty();
        assertThat(probes.noteFor(client(1), program)).isEmpty();
    }

    @Test
    void aProgramWithANameOrThatCannotBeTriedIsNoProbe() {
        probes.noteFor(client(1), load("count").withTrial());
        probes.noteFor(client(1), load(""));
        assertThat(probes.noteFor(client(1), other("count"))).isEmpty();
    }

    /** Many processes cost no memory without end: the oldest are forgotten. */
    @Test
    void noMoreThan4096ProcessesAreRemembered() {
        for (int pid = 1; pid <= 4097; pid++) {
            probes.noteFor(client(pid), load("").withProbe("p"));
        }
        assertThat(probes.noteFor(client(1), other("count"))).isEmpty();
        assertThat(probes.noteFor(client(2), other("count"))).isNotEmpty();
    }
}
