package org.bpfgate.policy.ipe.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Objects;
import java.util.stream.Stream;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers are those of the evaluation vectors that this table was made from. */
final class EvaluationGivesTheKernelsDecisionTest {
    private static final Policy P1 = TestPolicies.of(
            "DEFAULT action=DENY",
            "op=EXECUTE dmverity_roothash=sha256:AA action=DENY",
            "op=EXECUTE boot_verified=TRUE action=ALLOW",
            "op=EXECUTE dmverity_signature=TRUE action=ALLOW");
    private static final Policy P2 = TestPolicies.of(
            "DEFAULT action=ALLOW",
            "DEFAULT op=BPF_PROG_LOAD action=DENY",
            "op=BPF_PROG_LOAD bpf_kernel=TRUE action=ALLOW",
            "op=BPF_PROG_LOAD bpf_signature=OK bpf_keyring=BUILTIN action=ALLOW");
    private static final Policy DIGEST =
            TestPolicies.of("DEFAULT action=DENY", "op=EXECUTE fsverity_digest=sha256:d0 action=ALLOW");
    private static final Policy UNSIGNED_FILE =
            TestPolicies.of("DEFAULT action=ALLOW", "op=EXECUTE fsverity_signature=FALSE action=DENY");
    private static final Policy MODULES =
            TestPolicies.of("DEFAULT action=ALLOW", "op=KMODULE boot_verified=FALSE action=DENY");
    private static final Policy UNREACHABLE = TestPolicies.of(
            "DEFAULT action=DENY", "op=EXECUTE action=ALLOW", "op=EXECUTE boot_verified=FALSE action=DENY");
    private static final Policy BOTH = TestPolicies.of(
            "DEFAULT action=DENY", "op=EXECUTE boot_verified=TRUE dmverity_signature=TRUE action=ALLOW");
    private static final FileEvent EXECUTE = FileEvent.plain(Op.EXECUTE);

    static Stream<Arguments> vectors() {
        return Stream.of(
                arguments("2 initramfs", P1, EXECUTE.onInitramfs(), "ALLOW RULE 4"),
                arguments("4 tmpfs", P1, EXECUTE, "DENY DEFAULT 2"),
                arguments("5 signed volume", P1, EXECUTE.onVolume("sha256", "BB", true), "ALLOW RULE 5"),
                arguments("6 revoked volume", P1, EXECUTE.onVolume("sha256", "AA", true), "DENY RULE 3"),
                arguments("7 other algorithm", P1, EXECUTE.onVolume("sha512", "AA", true), "ALLOW RULE 5"),
                arguments("8 unsigned volume", P1, EXECUTE.onVolume("sha256", "BB", false), "DENY DEFAULT 2"),
                arguments("11 no rule of the op", P1, volume(Op.KMODULE), "DENY DEFAULT 2"),
                arguments("12 unknown op", P1, FileEvent.plain(null), "DENY DEFAULT 2"),
                arguments("14 kernel", P2, load(IntegrityVerdict.UNSIGNED, 0, LoadOrigin.KERNEL), "ALLOW RULE 4"),
                arguments("15 signed", P2, load(IntegrityVerdict.OK, 0, LoadOrigin.USER), "ALLOW RULE 5"),
                arguments("16 keyring 1", P2, load(IntegrityVerdict.OK, 1, LoadOrigin.USER), "DENY DEFAULT_OP 3"),
                arguments("17 unsigned", P2, load(IntegrityVerdict.UNSIGNED, 0, LoadOrigin.USER), "DENY DEFAULT_OP 3"),
                arguments("18 no verifier", P2, new BpfLoadContext(), "DENY DEFAULT_OP 3"),
                arguments("20 other op", P2, EXECUTE, "ALLOW DEFAULT 2"),
                arguments("21 digest", DIGEST, EXECUTE.withFsVerity("sha256", "D0", false), "ALLOW RULE 3"),
                arguments("22 no fs-verity", DIGEST, EXECUTE, "DENY DEFAULT 2"),
                arguments("23 sha512", DIGEST, EXECUTE.withFsVerity("sha512", "D0", false), "DENY DEFAULT 2"),
                arguments("24, 25 no file", UNSIGNED_FILE, EXECUTE, "DENY RULE 3"),
                arguments("signed file", UNSIGNED_FILE, EXECUTE.withFsVerity("sha256", "00", true), "ALLOW DEFAULT 2"),
                arguments("26 initramfs", MODULES, FileEvent.plain(Op.KMODULE).onInitramfs(), "ALLOW DEFAULT 2"),
                arguments("26 tmpfs", MODULES, FileEvent.plain(Op.KMODULE), "DENY RULE 3"),
                arguments("27 first match", UNREACHABLE, EXECUTE, "ALLOW RULE 3"),
                arguments("28 only one of two", BOTH, EXECUTE.onInitramfs(), "DENY DEFAULT 2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void inEachVector(String name, Policy policy, EvaluationContext event, String expected) {
        assertThat(describe(policy, event)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(value = IntegrityVerdict.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void vector19EveryOtherVerdictIsDenied(IntegrityVerdict verdict) {
        assertThat(describe(P2, load(verdict, 0, LoadOrigin.USER))).isEqualTo("DENY DEFAULT_OP 3");
    }

    @Test
    void vector13AnUnknownOperationIsLeftOpenWithoutAGlobalDefault() {
        Policy policy = TestPolicies.of(
                Dialect.OPS7,
                "DEFAULT op=EXECUTE action=ALLOW",
                "DEFAULT op=FIRMWARE action=ALLOW",
                "DEFAULT op=KMODULE action=ALLOW",
                "DEFAULT op=KEXEC_IMAGE action=ALLOW",
                "DEFAULT op=KEXEC_INITRAMFS action=ALLOW",
                "DEFAULT op=POLICY action=ALLOW",
                "DEFAULT op=X509_CERT action=ALLOW");

        assertThat(policy.decide(FileEvent.plain(null))).isNull();
        assertThat(policy.decide(new BpfLoadContext())).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Op.class, mode = EnumSource.Mode.EXCLUDE, names = "BPF_PROG_LOAD_POST_INTEGRITY")
    void anEventWithoutItsFieldsHasTheZeroOfEach(Op op) {
        Policy policy = TestPolicies.of(
                "DEFAULT action=DENY",
                "op=" + op + " boot_verified=FALSE dmverity_signature=FALSE fsverity_signature=FALSE bpf_signature=NONE"
                        + " bpf_integrity=native:NONE bpf_keyring=BUILTIN bpf_kernel=FALSE action=ALLOW");

        assertThat(describe(policy, FileEvent.plain(op))).isEqualTo("ALLOW RULE 3");
    }

    private static FileEvent volume(Op op) {
        return FileEvent.plain(op).onVolume("sha256", "BB", true);
    }

    private static BpfLoadContext load(IntegrityVerdict hornet, int keyring, LoadOrigin origin) {
        BpfLoadContext context = new BpfLoadContext();
        context.report("hornet", hornet);
        context.describe(ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(new byte[8])))
                .withKeyring(keyring)
                .withOrigin(origin));
        return context;
    }

    private static String describe(Policy policy, EvaluationContext event) {
        Ruling ruling = Objects.requireNonNull(policy.decide(event));
        PolicyBasis basis = ruling.basis();
        return (ruling.allows() ? "ALLOW " : "DENY ") + basis.kind() + " " + basis.line();
    }
}
