package org.bpfgate.policy.ipe.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.policy.ipe.internal.store.Machine.assertFails;

import java.nio.file.Path;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.PolicyException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TheBootPolicyBeginsTest {
    @TempDir
    Path directory;

    private Machine machine;

    @BeforeEach
    void start() throws PolicyException {
        machine = new Machine(directory).boot("B", "2.0.0");
        machine.restart();
    }

    @Test
    void itDecidesUntilAnotherIsActivated() throws PolicyException {
        assertThat(machine.deciding()).isEqualTo("B 2.0.0");
        machine.store().load(Policies.signed("X", "2.0.0"));
        machine.store().activate("X");
        machine.restart();

        assertThat(machine.deciding()).isEqualTo("X 2.0.0");
        assertThat(machine.loaded()).containsExactly("B 2.0.0", "X 2.0.0 *");
        assertThat(machine.records.get(1))
                .contains("old_policy_digest=sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");
    }

    @Test
    void itIsTheFloorForOthers() throws PolicyException {
        machine.store().load(Policies.signed("X", "1.9.9"));

        assertFails(Errno.EINVAL, () -> machine.store().activate("X"));
    }

    @Test
    void itsUpdateDecidesAndOutlivesARestart() throws PolicyException {
        assertFails(Errno.ESTALE, () -> machine.store().update("B", Policies.signed("B", "2.0.0")));
        machine.store().update("B", Policies.signed("B", "2.0.1"));
        assertThat(machine.deciding()).isEqualTo("B 2.0.1");
        machine.restart();

        assertThat(machine.deciding()).isEqualTo("B 2.0.1");
        machine.boot("B", "3.0.0").restart();
        assertThat(machine.deciding()).isEqualTo("B 3.0.0");
    }

    @Test
    void itsNameIsTaken() {
        assertFails(Errno.EEXIST, () -> machine.store().load(Policies.signed("B", "3.0.0")));
    }

    @Test
    void itCannotBeDeletedEvenWhenInactive() throws PolicyException {
        machine.store().load(Policies.signed("X", "2.0.0"));
        machine.store().activate("X");

        assertFails(Errno.EPERM, () -> machine.store().delete("B"));
    }

    @Test
    void onceActivatedItCannotBeTakenBackByAnOlderOneOrByNone() throws PolicyException {
        machine.store().load(Policies.signed("X", "2.0.0"));
        machine.store().activate("X");
        machine.store().activate("B");

        machine.boot("B", "1.0.0");
        assertFails(Errno.ESTALE, () -> machine.restart());
        machine.boot("C", "9.0.0");
        assertFails(Errno.ENOENT, () -> machine.restart());
        assertFails(Errno.ENOENT, () -> machine.store().activate("B"));
        machine.store().activate("X");
        assertThat(machine.deciding()).isEqualTo("X 2.0.0");
    }
}
