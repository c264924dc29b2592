package org.bpfgate.kernel.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.seccomp.Notifications.Way;
import org.bpfgate.kernel.internal.syscall.Architecture;
import org.bpfgate.kernel.internal.syscall.CommandWord;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.worker.RefusedCalls.Refusal;
import org.bpfgate.mediation.RefusedCall.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls are refused without a question to the modules, and with which error. */
class RefusedCallsTest {
    private static final Architecture MACHINE = Architecture.X86_64;
    private static final Way NATIVE = new Way(MACHINE.audit(), 321);

    private static Notification request(Way way, long word, long commonAttr, int commonSize) {
        return new Notification(1, 2, way, new CommandWord(word), 0x1000, 168, commonAttr, commonSize);
    }

    private static Optional<Refusal> refusal(long word, boolean flagIsKnown) {
        return RefusedCalls.refusal(MACHINE, request(NATIVE, word, 0x2000, 24), () -> flagIsKnown);
    }

    /** 0 for a call that is mediated: a load is made with a clean word, so that nothing above the command can matter there. */
    @ParameterizedTest
    @CsvSource({
        "5, 0, 0",
        "0x10005, 0, 22",
        "0xdeadbeef00000005, 0, 0",
        "0xdeadbeef00010005, 0, 22",
        "0xdeadbeef00000002, 22, 22",
        "2, 0, 0",
        "0x10002, 0, 0",
        "0x80000005, 22, 22",
        "0x20005, 22, 22",
        "0x30005, 22, 22",
        "38, 0, 0",
        "39, 22, 22",
        "0x10027, 22, 22",
        "0xffffffffffffffff, 22, 22",
        "0x100000000, 0, 0",
    })
    void theErrorIsTheKernels(String word, int withFlag, int withoutFlag) {
        long bits = word.startsWith("0x") ? Long.parseUnsignedLong(word.substring(2), 16) : Long.parseLong(word);
        assertThat(refusal(bits, true).map(Refusal::errno).orElse(0)).isEqualTo(withFlag);
        assertThat(refusal(bits, false).map(Refusal::errno).orElse(0)).isEqualTo(withoutFlag);
    }

    /** How libbpf asks; without the flag the answer is that to an unknown command. */
    @Test
    void libbpfsQuestionForCommonAttributesGetsTheKernelsAnswer() {
        Notification probe = request(NATIVE, 0x10005, 0, 24);
        Refusal known = RefusedCalls.refusal(MACHINE, probe, () -> true).orElseThrow();
        assertThat(known.errno()).isEqualTo(Errnos.EFAULT);
        assertThat(known.kind()).isEqualTo(Kind.COMMON_ATTRIBUTES);
        Refusal unknown = RefusedCalls.refusal(MACHINE, probe, () -> false).orElseThrow();
        assertThat(unknown.errno()).isEqualTo(Errnos.EINVAL);
        assertThat(unknown.kind()).isEqualTo(Kind.COMMON_ATTRIBUTES);
        assertThat(RefusedCalls.refusal(MACHINE, request(NATIVE, 0x10005, 0, 0), () -> true))
                .as("no bytes of common attributes are no fault")
                .isEmpty();
    }

    @Test
    void otherWaysIntoTheKernelAreRefusedWhateverTheCommandIs() {
        Notification x32 = request(new Way(MACHINE.audit(), 0x40000000 | 321), 1, 0, 0);
        assertThat(RefusedCalls.refusal(MACHINE, x32, () -> true).orElseThrow().errno())
                .isEqualTo(Errnos.ENOSYS);
        Notification compat = request(new Way(MACHINE.compatAudit(), 357), 1, 0, 0);
        assertThat(RefusedCalls.refusal(MACHINE, compat, () -> true)
                        .orElseThrow()
                        .errno())
                .isEqualTo(Errnos.EPERM);
    }
}
