package org.bpfgate.policy.ipe.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpfgate.policy.ipe.internal.store.Machine.assertFails;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.LoadedPolicy.Origin;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's rules, each also across a restart, which the kernel itself does not survive with its policies. */
class TheLifeOfPoliciesIsTheKernelsTest {
    @TempDir
    Path directory;

    private Machine machine;

    @BeforeEach
    void start() {
        machine = new Machine(directory.resolve("state/of/ipe"));
    }

    @Test
    void aLoadedPolicyIsInactive() throws PolicyException {
        LoadedPolicy loaded = machine.store().load(Policies.signed("X", "0.0.1"));

        assertThat(loaded)
                .isEqualTo(new LoadedPolicy(
                        "X",
                        "0.0.1",
                        false,
                        Origin.SIGNED,
                        Sha256.of(Policies.signed("X", "0.0.1")),
                        FakeSignatures.SIGNER));
        machine.restart();
        assertThat(machine.store().list()).containsExactly(loaded);
        assertThat(machine.deciding()).isEqualTo("none");
    }

    @Test
    void aNameIsLoadedOnce() throws PolicyException {
        machine.store().load(Policies.signed("X", "0.0.1"));
        machine.restart();

        assertFails(Errno.EEXIST, () -> machine.store().load(Policies.signed("X", "0.0.2")));
        assertThat(machine.loaded()).containsExactly("X 0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "X, 0.0.1, ESTALE",
        "X, 0.0.0, ESTALE",
        "Y, 0.0.9, EINVAL",
        "Y, 0.0.0, EINVAL",
    })
    void anUpdateIsOfTheSameNameAndNewer(String name, String version, Errno errno) throws PolicyException {
        machine.store().load(Policies.signed("X", "0.0.1"));
        machine.restart();

        machine.records.clear();

        assertFails(errno, () -> machine.store().update("X", Policies.signed(name, version)));
        assertThat(machine.loaded()).containsExactly("X 0.0.1");
        assertThat(machine.records)
                .singleElement()
                .asString()
                .startsWith("1422 policy_name=? policy_version=? ")
                .contains("errno=-" + errno.number());
    }

    @Test
    void everyOlderVersionIsRefusedAfterEachStepOfAChain() throws PolicyException {
        List<String> chain = List.of("0.0.0", "0.0.1", "5.6.898", "6.8.28", "6.8.123", "6.8.124", "7.0.0");
        machine.store().load(Policies.signed("X", chain.get(0)));
        for (int step = 1; step < chain.size(); step++) {
            machine.store().update("X", Policies.signed("X", chain.get(step)));
            machine.restart();
            for (String old : chain.subList(0, step + 1)) {
                assertFails(Errno.ESTALE, () -> machine.store().update("X", Policies.signed("X", old)));
            }
        }
        assertThat(machine.loaded()).containsExactly("X 7.0.0");
    }

    @Test
    void anUpdateOfTheActivePolicyDecidesAtOnce() throws PolicyException {
        machine.store().load(Policies.signed("X", "1.0.0"));
        machine.store().activate("X");
        machine.records.clear();
        machine.store().update("X", Policies.signed("X", "2.0.0"));

        assertThat(machine.deciding()).isEqualTo("X 2.0.0");
        assertThat(machine.records).hasSize(2);
        assertThat(machine.records.get(0)).startsWith("1422 policy_name=\"X\" policy_version=2.0.0 ");
        assertThat(machine.records.get(1))
                .startsWith("1421 old_active_pol_name=\"X\" old_active_pol_version=1.0.0 ")
                .contains(" new_active_pol_name=\"X\" new_active_pol_version=2.0.0 ");
        machine.restart();
        assertThat(machine.deciding()).isEqualTo("X 2.0.0");
    }

    @Test
    void anUpdateOfAnInactivePolicyChangesNothingElse() throws PolicyException {
        machine.store().load(Policies.signed("A", "9.0.0"));
        machine.store().activate("A");
        machine.store().load(Policies.signed("X", "1.0.0"));
        machine.records.clear();
        machine.store().update("X", Policies.signed("X", "2.0.0"));

        assertThat(machine.deciding()).isEqualTo("A 9.0.0");
        assertThat(machine.records).hasSize(1).allMatch(record -> record.startsWith("1422 "));
    }

    @Test
    void noPolicyOlderThanTheActiveOneIsActivated() throws PolicyException {
        machine.store().load(Policies.signed("A", "0.0.1"));
        machine.store().load(Policies.signed("X", "0.0.0"));
        machine.store().load(Policies.signed("Y", "0.0.1"));
        machine.store().activate("A");
        machine.restart();

        assertFails(Errno.EINVAL, () -> machine.store().activate("X"));
        assertThat(machine.deciding()).isEqualTo("A 0.0.1");
        machine.store().activate("Y");
        assertThat(machine.deciding()).isEqualTo("Y 0.0.1");
        assertThat(machine.loaded()).containsExactly("A 0.0.1", "X 0.0.0", "Y 0.0.1 *");
    }

    @Test
    void activatingTheActivePolicyDoesNothing() throws PolicyException {
        machine.store().load(Policies.signed("X", "1.0.0"));
        machine.store().activate("X");
        machine.records.clear();

        assertThat(machine.store().activate("X").active()).isTrue();
        assertThat(machine.records).isEmpty();
    }

    @Test
    void onlyAnInactivePolicyIsDeletedAndItsNameIsFreeAgain() throws PolicyException {
        machine.store().load(Policies.signed("X", "2.0.0"));
        machine.store().load(Policies.signed("A", "2.0.0"));
        machine.store().activate("A");
        machine.records.clear();

        assertFails(Errno.EPERM, () -> machine.store().delete("A"));
        machine.store().delete("X");
        assertThat(machine.records).isEmpty();
        machine.restart();
        assertThat(machine.loaded()).containsExactly("A 2.0.0 *");
        machine.store().load(Policies.signed("X", "1.0.0"));
        assertFails(Errno.EINVAL, () -> machine.store().activate("X"));
    }

    @Test
    void whatIsNotLoadedIsNotThere() {
        assertFails(Errno.ENOENT, () -> machine.store().activate("X"));
        assertFails(Errno.ENOENT, () -> machine.store().delete("X"));
        assertFails(Errno.ENOENT, () -> machine.store().update("X", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "secondary, ",
        "platform, ",
        "stranger, ENOKEY",
        "tampered, EKEYREJECTED",
        "truncated, EBADMSG",
    })
    void theSignatureComesFirst(String trust, Errno errno) throws PolicyException {
        byte[] good = Policies.message(trust, Policies.text("X", "1.0.0"));
        byte[] badText = Policies.message(trust, "policy_name=X policy_version=x".getBytes(StandardCharsets.US_ASCII));

        if (errno == null) {
            assertFails(Errno.EINVAL, () -> machine.store().load(badText));
            machine.store().load(good);
        } else {
            assertFails(errno, () -> machine.store().load(badText));
            assertFails(errno, () -> machine.store().load(good));
            assertThat(machine.records)
                    .hasSize(2)
                    .allMatch(record -> record.startsWith("1422 policy_name=? policy_version=? policy_digest=? ")
                            && record.endsWith(" res=0 errno=-" + errno.number()));
        }
    }

    @Test
    void plainTextIsLoadedOnlyWhereThatIsAllowed() throws PolicyException {
        assertFails(Errno.EBADMSG, () -> machine.store().load(Policies.text("X", "1.0.0")));
        machine.allowUnsigned().store().load(Policies.text("X", "1.0.0"));

        assertThat(machine.store().list()).hasSize(1).allMatch(policy -> policy.origin() == Origin.UNSIGNED);
    }

    @Test
    void aPolicyWhoseSignerIsNoLongerTrustedIsNotTakenUp() throws PolicyException {
        machine.store().load(Policies.signed("X", "1.0.0"));
        machine.store().activate("X");
        machine.store().load(Policies.signed("Y", "1.0.0"));
        machine.signatures.revoke();

        assertFails(Errno.ENOKEY, () -> machine.store().activate("Y"));
        assertFails(Errno.ENOKEY, () -> machine.restart());
        assertThat(machine.loaded()).containsExactly("X 1.0.0 *", "Y 1.0.0");
    }

    @Test
    void aFaultInTheTextHasItsPlace() {
        byte[] text = "policy_name=X policy_version=1.0.0\nDEFAULT action=MAYBE\n".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> machine.store().load(Policies.message("secondary", text)))
                .isInstanceOfSatisfying(PolicyException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.EBADMSG);
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(9);
                });
    }

    @Test
    void namesAreThoseThatADirectoryCanHave() throws PolicyException {
        assertFails(Errno.EACCES, () -> machine.store().load(Policies.signed("..", "1.0.0")));
        assertFails(Errno.EACCES, () -> machine.store().load(Policies.signed("a/b", "1.0.0")));
        assertFails(Errno.ENAMETOOLONG, () -> machine.store().load(Policies.signed("a".repeat(256), "1.0.0")));
        String odd = "\u00ff\"=" + "a".repeat(252);
        machine.store().load(Policies.signed(odd, "1.0.0"));
        machine.restart();
        assertThat(machine.store().activate(odd).name()).isEqualTo(odd);
    }
}
