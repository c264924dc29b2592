package org.bpfgate.command.doctor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpfgate.mediation.KernelRefusal;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cause, by the error, the log, the rights and the host that show it. */
class DiagnoserTest {
    private static final long ALL = -1;
    private static final long NONE = 0;
    private static final long BPF = 1L << 39;

    /** What a client asked for and got; changed for each case. */
    private static final class Case {
        private BpfCommand command = BpfCommand.PROG_LOAD;
        private String errno = "EINVAL";
        private ProgramType type = ProgramType.XDP;
        private int instructions = 10;
        private Optional<String> probe = Optional.empty();
        private long capabilities = ALL;
        private boolean isGateNamespace = true;
        private boolean hasToken;
        private String log = "";
        private KernelVersion kernel = new KernelVersion(6, 18);
        private String lockdown = "none";
        private OptionalLong memlock = OptionalLong.of(65536);
        private int filters;
        private List<String> lsms = List.of("capability", "selinux");
        private boolean hasJit = true;

        Diagnosis diagnosis() {
            HostState host = new HostState(
                    kernel, Optional.of(lockdown), Optional.of("2"), lsms, memlock, filters, hasJit, true);
            KernelRefusal refusal = new KernelRefusal(errno, 168, capabilities, isGateNamespace, hasToken, log);
            return new Diagnoser(host)
                    .diagnose(new Failure(command, errno, type, "p", instructions, probe, false, refusal));
        }

        void isBecauseOf(Cause cause, String explanation, String remedy) {
            Diagnosis diagnosis = diagnosis();
            assertThat(diagnosis.cause()).as(diagnosis.toString()).isEqualTo(cause);
            assertThat(diagnosis.explanation()).contains(explanation);
            assertThat(diagnosis.remedy()).contains(remedy);
        }
    }

    private static Case errno(String errno) {
        Case failed = new Case();
        failed.errno = errno;
        return failed;
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKET_FILTER, 0, CAP_BPF",
        "XDP, 39, CAP_NET_ADMIN",
        "KPROBE, 39, CAP_PERFMON",
        "KPROBE, 12, CAP_BPF and CAP_PERFMON",
        "UNSPEC, 0, CAP_BPF",
    })
    void aMissingCapability(ProgramType type, int has, String missing) {
        Case failed = errno("EPERM");
        failed.type = type;
        failed.capabilities = 1L << has;
        failed.isBecauseOf(
                Cause.CAPABILITY, "lacks " + missing + ", and kernel.unprivileged_bpf_disabled is 2", missing);
    }

    @Test
    void aUserNamespace() {
        Case failed = errno("EPERM");
        failed.isGateNamespace = false;
        failed.isBecauseOf(Cause.USER_NAMESPACE, "do not count", "token");
        failed.hasToken = true;
        failed.isBecauseOf(Cause.TOKEN, "does not permit", "delegate_cmds=");
    }

    @Test
    void lockedMemoryOnAnOldKernel() {
        Case failed = errno("EPERM");
        failed.command = BpfCommand.MAP_CREATE;
        failed.kernel = new KernelVersion(5, 4);
        failed.isBecauseOf(Cause.MEMLOCK, "65536 bytes", "LimitMEMLOCK=infinity");
        failed.memlock = OptionalLong.empty();
        failed.isBecauseOf(Cause.LSM, "selinux", "ausearch");
    }

    @Test
    void aFilterAndThenASecurityModule() {
        Case failed = errno("EPERM");
        failed.isBecauseOf(Cause.LSM, "selinux are active", "ausearch -m AVC");
        failed.filters = 2;
        failed.isBecauseOf(Cause.SECCOMP, "2 seccomp filters besides", "SystemCallFilter=");
        errno("ENOSYS").isBecauseOf(Cause.SECCOMP, "not there", "seccomp profile");
    }

    @Test
    void theVerifierWithItsLastLines() {
        Case failed = errno("EACCES");
        failed.log = """
                0: R1=ctx() R10=fp0
                0: (95) exit
                R0 !read_ok
                processed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
                """;
        failed.isBecauseOf(Cause.VERIFIER, "R0 !read_ok", "change the program");
        assertThat(failed.diagnosis().log()).containsExactly("0: R1=ctx() R10=fp0", "0: (95) exit", "R0 !read_ok");
        failed.log = "line\n".repeat(1000) + "the end\n";
        assertThat(failed.diagnosis().log()).hasSize(8).last().isEqualTo("the end");
    }

    @Test
    void whatTheGateWroteIsNotTheVerifiers() {
        Case failed = errno("EACCES");
        failed.log = "bpfgate: the kernel refuses: EACCES\n";
        failed.isBecauseOf(Cause.VERIFIER, "no log says why", "load it with a log");
    }

    @ParameterizedTest
    @CsvSource({
        "none, unknown func bpf_probe_read_kernel#113, OLD_KERNEL, does not offer bpf_probe_read_kernel",
        "confidentiality, unknown func bpf_probe_read_kernel#113, LOCKDOWN, withholds bpf_probe_read_kernel",
        "integrity, program of this type cannot use helper bpf_probe_write_user#36, LOCKDOWN, (integrity)",
        "confidentiality, unknown func bpf_redirect#23, OLD_KERNEL, bpf_redirect",
        "none, cannot call GPL-restricted function from non-GPL compatible program, LICENSE, GPL",
        "none, calling kernel function bpf_task_acquire is not allowed, OLD_KERNEL, kernel function",
        "none, The sequence of 8193 jumps is too complex., VERIFIER, too many paths",
    })
    void whatTheLogSays(String lockdown, String log, Cause cause, String explanation) {
        Case failed = new Case();
        failed.lockdown = lockdown;
        failed.log = log;
        failed.isBecauseOf(cause, explanation, "");
    }

    @Test
    void theVerifierIsStricterWithoutPerfmon() {
        Case failed = errno("EACCES");
        failed.capabilities = BPF;
        failed.log = "R0 pointer -= pointer prohibited for !root";
        failed.isBecauseOf(Cause.CAPABILITY, "without CAP_PERFMON", "CAP_PERFMON");
        failed.log = "unknown func bpf_probe_read_kernel#113";
        failed.isBecauseOf(Cause.CAPABILITY, "withheld", "CAP_PERFMON");
    }

    @Test
    void tooBig() {
        Case failed = errno("E2BIG");
        failed.isBecauseOf(Cause.UNKNOWN_ATTRIBUTE, "168 bytes", "newer kernel");
        failed.instructions = 5000;
        failed.capabilities = NONE;
        failed.isBecauseOf(Cause.CAPABILITY, "5000 instructions, more than 4096", "CAP_BPF");
        failed.capabilities = ALL;
        failed.instructions = 2_000_000;
        failed.isBecauseOf(Cause.VERIFIER, "more than 1000000", "tail calls");
        failed.log = "BPF program is too large. Processed 1000001 insn";
        failed.isBecauseOf(Cause.VERIFIER, "too many paths", "bpf_loop()");
    }

    @Test
    void anOldKernel() {
        Case failed = errno("EINVAL");
        failed.type = ProgramType.NETFILTER;
        failed.kernel = new KernelVersion(6, 1);
        failed.isBecauseOf(Cause.OLD_KERNEL, "netfilter exist since Linux 6.4, and this is 6.1", "newer kernel");
        failed.kernel = new KernelVersion(6, 4);
        failed.isBecauseOf(Cause.UNKNOWN_ATTRIBUTE, "does not take a flag", "strace");
        failed = errno("ENOTSUPP");
        failed.isBecauseOf(Cause.OLD_KERNEL, "trampoline", "kprobe");
        failed.hasJit = false;
        failed.isBecauseOf(Cause.OLD_KERNEL, "JIT compiler, which is off", "bpf_jit_enable=1");
    }

    @ParameterizedTest
    @CsvSource({
        "EKEYREJECTED, SIGNATURE",
        "ENOKEY, SIGNATURE",
        "ENOMEM, MEMORY",
        "ENOENT, NOT_FOUND",
        "ESRCH, NOT_FOUND",
        "EBADF, BAD_REQUEST",
        "EFAULT, BAD_REQUEST",
        "ENOSPC, BAD_REQUEST",
        "EAGAIN, BAD_REQUEST",
        "EXFULL, UNKNOWN",
    })
    void otherErrors(String errno, Cause cause) {
        errno(errno).isBecauseOf(cause, "", "");
    }

    @Test
    void anAnswerToAFeatureProbeIsNoFault() {
        Case failed = errno("EINVAL");
        failed.probe = Optional.of("libbpf.prog_name");
        failed.log = "whatever";
        failed.isBecauseOf(Cause.FEATURE_PROBE, "libbpf.prog_name", "");
    }

    @FuzzTest
    void anyLog(byte[] log) {
        Case failed = errno("EACCES");
        failed.log = new String(log, StandardCharsets.ISO_8859_1);
        failed.diagnosis();
    }
}
