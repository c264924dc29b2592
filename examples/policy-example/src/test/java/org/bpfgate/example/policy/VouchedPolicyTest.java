package org.bpfgate.example.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.testkit.FixedVerifier;
import org.bpfgate.testkit.LoadBuilder;
import org.bpfgate.testkit.SecurityModuleContract;
import org.bpfgate.testkit.TestStack;
import org.junit.jupiter.api.Test;

/** What the policy makes of verdicts; the rules that hold for all modules are inherited. */
class VouchedPolicyTest extends SecurityModuleContract {
    private static final FixedVerifier OK = FixedVerifier.reporting("a", IntegrityVerdict.OK);
    private static final FixedVerifier ALSO_OK = FixedVerifier.reporting("b", IntegrityVerdict.OK);
    private static final FixedVerifier UNSIGNED = FixedVerifier.reporting("c", IntegrityVerdict.UNSIGNED);
    private static final FixedVerifier BADSIG = FixedVerifier.reporting("d", IntegrityVerdict.BADSIG);

    @Override
    protected SecurityModule newModule() {
        return new VouchedPolicy(1);
    }

    @Test
    void oneVoucherIsEnoughWhereOneIsNeeded() {
        assertEquals(
                Optional.empty(), decide(OK, UNSIGNED, new VouchedPolicy(1)).errno());
    }

    @Test
    void twoAreNeededWhereTwoAreConfigured() {
        HookResult denial = decide(OK, UNSIGNED, new VouchedPolicy(2));
        assertEquals("1 verifiers vouch for the program, and 2 have to", denial.reason());
        assertEquals(Optional.of(Errno.EACCES), denial.errno());
        assertEquals(Optional.empty(), decide(OK, ALSO_OK, new VouchedPolicy(2)).errno());
    }

    @Test
    void anObjectionDeniesWhoeverVouches() {
        assertEquals(
                "a verifier objects to the program",
                decide(OK, ALSO_OK, BADSIG, new VouchedPolicy(1)).reason());
    }

    @Test
    void aLoadThatNobodyLookedAtIsDenied() {
        assertEquals(Optional.of(Errno.EACCES), decide(new VouchedPolicy(1)).errno());
    }

    @Test
    void noVoucherAtAllIsNoSetting() {
        assertThrows(IllegalArgumentException.class, () -> new VouchedPolicy(0));
    }

    private static HookResult decide(SecurityModule... modules) {
        try (TestStack stack = TestStack.of(modules)) {
            return stack.decide(LoadBuilder.load().build()).result();
        }
    }
}
