package org.bpfgate.policy.ipe.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesRefuseToBeWrongTest {
    private static final PolicyVersion VERSION = new PolicyVersion(1, 0, 0xffff);

    @ParameterizedTest
    @ValueSource(strings = {"a", "0g", "x0", "00 "})
    void aDigestIsHexadecimal(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FileDigest("sha256", hex));
    }

    @Test
    void aVersionHasPartsOfSixteenBits() {
        assertThat(VERSION).hasToString("1.0.65535");
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyVersion(0, 0x10000, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyVersion(0, 0, -1));
    }

    @Test
    void aPolicyHasANameAndADefaultForEachOperation() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyHeader("", VERSION));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Policy(new PolicyHeader("p", VERSION), Dialect.OPS7, new byte[0], null, Map.of()));
    }

    @Test
    void aLineThatDeniesMakesNoAllowance() {
        PolicyBasis basis = new PolicyBasis("p", "1.0.0", PolicyBasis.Kind.DEFAULT, 2, "DEFAULT action=DENY");

        assertThatNullPointerException().isThrownBy(() -> new Ruling(Action.DENY, basis).allowance());
    }

    @Test
    void aLoadHasOneSlotPerVerifierHoweverMany() {
        BpfLoadContext load = new BpfLoadContext();
        for (int i = 0; i < 20; i++) {
            load.report("v" + i, IntegrityVerdict.BADSIG);
            load.report("v" + i, IntegrityVerdict.OK);
        }

        assertThat(load.verdictOf("v19")).isEqualTo(IntegrityVerdict.OK);
        assertThat(load.verdictOf("v20")).isEqualTo(IntegrityVerdict.NONE);
        assertThat(load.describeReports()).startsWith("v0=OK v1=OK v2=OK").endsWith(" v19=OK");
    }
}
