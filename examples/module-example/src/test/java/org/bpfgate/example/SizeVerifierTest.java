package org.bpfgate.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.testkit.LoadBuilder;
import org.bpfgate.testkit.RecordedReports;
import org.bpfgate.testkit.SecurityModuleContract;
import org.junit.jupiter.api.Test;

/** What the verifier says of programs; the rules that hold for all modules are inherited. */
class SizeVerifierTest extends SecurityModuleContract {
    @Override
    protected SecurityModule newModule() {
        return new SizeVerifier(3);
    }

    @Test
    void aProgramWithinTheLimitIsOk() {
        assertEquals(IntegrityVerdict.OK, verdict(3));
    }

    @Test
    void aLongerProgramIsUnexpected() {
        assertEquals(IntegrityVerdict.UNEXPECTED, verdict(4));
    }

    private static IntegrityVerdict verdict(int instructions) {
        return RecordedReports.of(
                        new SizeVerifier(3),
                        LoadBuilder.load().instructions(instructions).build())
                .verdict();
    }
}
