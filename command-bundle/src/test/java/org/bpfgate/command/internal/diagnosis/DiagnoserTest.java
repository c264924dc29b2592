package org.bpfgate.command.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpfgate.command.internal.host.HostState;
import org.bpfgate.command.internal.host.KernelVersion;
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
        private long size;
        private Optional<KernelRefusal.Asked> asked = Optional.empty();
        private String unprivileged = "2";
        private KernelVersion kernel = new KernelVersion(6, 18);
        private String lockdown = "none";
        private OptionalLong memlock = OptionalLong.of(65536);
        private int filters;
        private List<String> lsms = List.of("capability", "selinux");
        private boolean hasJit = true;

        Diagnosis diagnosis() {
            HostState host = new HostState(
                    kernel, Optional.of(lockdown), Optional.of(unprivileged), lsms, memlock, filters, hasJit, true);
            KernelRefusal refusal = new KernelRefusal(errno, size, capabilities, isGateNamespace, hasToken, log, asked);
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
        failed.isBecauseOf(Cause.CAPABILITY, "lacks " + missing, missing);
        assertThat(failed.diagnosis().explanation().contains("kernel.unprivileged_bpf_disabled is 2"))
                .isEqualTo(missing.startsWith("CAP_BPF"));
    }

    /** All capabilities but one; {@code CAP_SYS_ADMIN} (21) stands for each of the others. */
    @ParameterizedTest
    @CsvSource({
        "PROG_LOAD, XDP, 0, 0x201000, CAPABILITY, lacks CAP_NET_ADMIN",
        "PROG_LOAD, TRACEPOINT, 0, 0x4000200000, CAPABILITY, lacks CAP_PERFMON",
        "PROG_LOAD, EXT, 0, 0x4000201000, CAPABILITY, lacks CAP_NET_ADMIN and CAP_PERFMON",
        "PROG_LOAD, XDP, 0, 0x1000, UNKNOWN, although the client has the capabilities",
        "PROG_LOAD, SOCKET_FILTER, 0, 0x4000201000, UNKNOWN, although the client has the capabilities",
        "MAP_CREATE, UNSPEC, 15, 0x201000, CAPABILITY, lacks CAP_NET_ADMIN", // a sockmap
        "MAP_CREATE, UNSPEC, 1, 0x201000, UNKNOWN, although the client has the capabilities", // a hash
        "MAP_CREATE, UNSPEC, 1, 0x8000201000, CAPABILITY, lacks CAP_BPF",
        "PROG_GET_FD_BY_ID, UNSPEC, 0, 0x200000, CAPABILITY, lacks CAP_SYS_ADMIN",
        "MAP_GET_FD_BY_ID, UNSPEC, 0, 0x200000, CAPABILITY, lacks CAP_SYS_ADMIN",
        "MAP_GET_FD_BY_ID, UNSPEC, 0, 0x8000000000, UNKNOWN, although the client has the capabilities",
        "OBJ_GET, UNSPEC, 0, 0xffffffffff, UNKNOWN, needs no capability",
    })
    void aCapabilityThatWasDropped(
            BpfCommand command, ProgramType type, int asked, String dropped, Cause cause, String explanation) {
        Case failed = errno("EPERM");
        failed.command = command;
        failed.type = type;
        failed.asked = Optional.of(new KernelRefusal.Asked(asked, 0, 0));
        failed.capabilities = ~Long.decode(dropped);
        failed.lsms = List.of();
        failed.isBecauseOf(cause, explanation, "");
    }

    @Test
    void noCapabilityIsMissingForWhatEverybodyMayLoad() {
        Case failed = errno("EPERM");
        failed.type = ProgramType.SOCKET_FILTER;
        failed.capabilities = NONE;
        failed.unprivileged = "0";
        failed.lsms = List.of();
        failed.isBecauseOf(Cause.UNKNOWN, "EPERM", "");
    }

    @ParameterizedTest
    @CsvSource({
        "OBJ_GET, ENOENT, NOT_FOUND, nothing is pinned at the path",
        "OBJ_GET, ENOTDIR, BAD_REQUEST, no directory",
        "OBJ_GET, ELOOP, BAD_REQUEST, too many links",
        "OBJ_GET, EPERM, UNKNOWN, selinux may refuse it",
        "PROG_GET_FD_BY_ID, ENOENT, NOT_FOUND, no object of that number",
        "MAP_CREATE, EACCES, UNKNOWN, EACCES",
        "MAP_CREATE, EAGAIN, UNKNOWN, no cause",
        "MAP_CREATE, ENOSPC, UNKNOWN, no cause",
        "PROG_LOAD, ENOSYS, OLD_KERNEL, without bpf(2)",
        "PROG_LOAD, EBADF, BAD_REQUEST, a descriptor",
        "PROG_LOAD, EFAULT, BAD_REQUEST, a pointer",
    })
    void theCommandCounts(BpfCommand command, String errno, Cause cause, String explanation) {
        Case failed = errno(errno);
        failed.command = command;
        failed.type = command == BpfCommand.PROG_LOAD ? ProgramType.XDP : ProgramType.UNSPEC;
        failed.isBecauseOf(cause, explanation, "");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, true, yama, BAD_REQUEST, no pinned BPF object",
        "0x8000000000, true, yama, UNKNOWN, the client may not open it", // CAP_BPF without CAP_DAC_OVERRIDE
        "-1, false, yama, UNKNOWN, the client may not open it",
        "-1, true, selinux, UNKNOWN, the client may not open it",
    })
    void whatIsNoPinnedObject(
            String capabilities, boolean isGateNamespace, String lsm, Cause cause, String explanation) {
        Case failed = errno("EACCES");
        failed.command = BpfCommand.OBJ_GET;
        failed.capabilities = Long.decode(capabilities);
        failed.isGateNamespace = isGateNamespace;
        failed.lsms = List.of(lsm);
        failed.isBecauseOf(cause, explanation, "stat -f");
    }

    @Test
    void aUserNamespace() {
        Case failed = errno("EPERM");
        failed.isGateNamespace = false;
        failed.isBecauseOf(Cause.USER_NAMESPACE, "do not count", "token");
        failed.hasToken = true;
        failed.isBecauseOf(Cause.TOKEN, "does not permit", "delegate_cmds=");
        failed.isGateNamespace = true;
        failed.capabilities = BPF;
        failed.isBecauseOf(Cause.TOKEN, "does not permit", "delegate_cmds=");
        failed.capabilities = ALL; // The kernel goes on without a token that does not permit the call.
        failed.isBecauseOf(Cause.LSM, "although the client has the capabilities", "ausearch");
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

    /** A filter answers before the gate, so that no number of them is a cause. */
    @ParameterizedTest
    @CsvSource({
        "selinux, 0, LSM, (selinux is active)",
        "selinux bpf, 2, LSM, '(selinux, bpf are active)'",
        "capability yama, 2, UNKNOWN, no security module that refuses bpf(2)",
        "'', 0, UNKNOWN, which security modules are active cannot be read",
    })
    void aSecurityModuleIsTheCauseOnlyWhereOneIsActive(String lsms, int filters, Cause cause, String explanation) {
        Case failed = errno("EPERM");
        failed.filters = filters;
        failed.lsms = lsms.isEmpty() ? List.of() : List.of(lsms.split(" ", -1));
        failed.isBecauseOf(cause, explanation, "ausearch -m AVC");
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
        failed.isBecauseOf(Cause.UNKNOWN, "no log says why", "load it with a log");
    }

    @ParameterizedTest
    @CsvSource({
        "none, unknown func bpf_probe_read_kernel#113, OLD_KERNEL, does not offer bpf_probe_read_kernel",
        "confidentiality, unknown func bpf_probe_read_kernel#113, LOCKDOWN, withholds bpf_probe_read_kernel",
        "integrity, program of this type cannot use helper bpf_probe_write_user#36, LOCKDOWN, (integrity)",
        "confidentiality, unknown func bpf_redirect#23, OLD_KERNEL, bpf_redirect",
        "none, cannot call GPL-restricted function from non-GPL compatible program, LICENSE, GPL",
        "none, calling kernel function bpf_task_acquire is not allowed, OLD_KERNEL, kernel function",
        "integrity, program of this type cannot use helper bpf_probe_read_kernel#113, OLD_KERNEL, does not offer",
        "confidentiality, program of this type cannot use helper bpf_copy_from_user#148, OLD_KERNEL, does not offer",
        "none, R1 must be referenced or trusted for kfunc bpf_task_release, VERIFIER, R1 must be referenced",
        "none, kernel btf_id 12 is not a function, VERIFIER, is not a function",
        "none, combined stack size of 2 calls is 544. Too large, VERIFIER, refuses the program: combined stack size",
        "none, BPF program is too large. Processed 1000001 insn, VERIFIER, too many paths",
        "none, arg#0 does not match the signature, VERIFIER, 'refuses the program: arg#0'",
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
        failed.log = "program of this type cannot use helper bpf_redirect#23"; // Needs no CAP_PERFMON.
        failed.isBecauseOf(Cause.OLD_KERNEL, "does not offer bpf_redirect", "");
        failed.capabilities = NONE;
        failed.isBecauseOf(Cause.UNKNOWN, "or not to a loader without CAP_BPF", "CAP_BPF");
        failed.log = "function calls to other bpf functions are allowed for CAP_BPF and CAP_SYS_ADMIN";
        failed.isBecauseOf(Cause.CAPABILITY, "with CAP_BPF only", "CAP_BPF");
    }

    @ParameterizedTest
    @CsvSource({
        "PROG_LOAD, 168, -1, true, UNKNOWN_ATTRIBUTE, 168 bytes",
        "PROG_LOAD, 400, 0, true, UNKNOWN_ATTRIBUTE, behind the part that this version knows",
        "MAP_CREATE, 8192, -1, true, UNKNOWN_ATTRIBUTE, more than the 4096",
        "MAP_CREATE, -1, -1, true, UNKNOWN_ATTRIBUTE, more than the 4096",
        "PROG_LOAD, 0, 0, true, BAD_REQUEST, insn_cnt is 0",
        "PROG_LOAD, 0, 0, false, BAD_REQUEST, insn_cnt is 0",
        "PROG_LOAD, 0, 5000, false, CAPABILITY, 'has 5000 instructions, more than 4096'",
        "PROG_LOAD, 0, 5000, true, UNKNOWN, fd_array_cnt",
        "PROG_LOAD, 0, 2000000, true, VERIFIER, more than 1000000",
        "PROG_LOAD, 0, 4294967295, false, VERIFIER, has 4294967295 instructions",
        "PROG_LOAD, 0, 1000000, true, UNKNOWN, fd_array_cnt",
        "PROG_LOAD, 0, -1, true, UNKNOWN, E2BIG",
        "MAP_CREATE, 0, -1, true, BAD_REQUEST, the map is too large",
        "OBJ_GET, 0, -1, true, UNKNOWN, E2BIG",
    })
    void tooBig(BpfCommand command, long size, long instructions, boolean mayBpf, Cause cause, String explanation) {
        Case failed = errno("E2BIG");
        failed.command = command;
        failed.size = size;
        failed.instructions = 0;
        failed.capabilities = mayBpf ? ALL : NONE;
        failed.asked = instructions < 0
                ? Optional.empty()
                : Optional.of(new KernelRefusal.Asked(ProgramType.XDP.number(), instructions, 0));
        failed.isBecauseOf(cause, explanation, "");
    }

    @Test
    void onAnOlderKernelALargeMapIsNotTheOnlyCause() {
        Case failed = errno("E2BIG");
        failed.command = BpfCommand.MAP_CREATE;
        failed.kernel = new KernelVersion(5, 15);
        failed.isBecauseOf(Cause.UNKNOWN, "a shorter bpf_attr", "strace");
    }

    @Test
    void aLogBufferThatIsTooSmallSaysNothingOfTheProgram() {
        Case failed = errno("ENOSPC");
        failed.log = "0: ";
        failed.isBecauseOf(Cause.BAD_REQUEST, "verifier's log is too small", "larger one");
    }

    @Test
    void aTypeThatIsNotKnown() {
        Case failed = errno("EINVAL");
        failed.type = ProgramType.UNSPEC;
        failed.asked = Optional.of(new KernelRefusal.Asked(77, 2, 0));
        failed.isBecauseOf(Cause.UNKNOWN_ATTRIBUTE, "the number 77, which this version of bpfgate does not know", "");
    }

    @ParameterizedTest
    @CsvSource({
        "EOPNOTSUPP, 3, true, BAD_REQUEST, the network device 3",
        "EOPNOTSUPP, 0, true, UNKNOWN, EOPNOTSUPP without a log",
        "EOPNOTSUPP, 0, false, UNKNOWN, EOPNOTSUPP without a log",
        "ENOTSUPP, 3, true, UNKNOWN, ENOTSUPP without a log",
        "ENOTSUPP, 0, false, OLD_KERNEL, 'JIT compiler is off'",
    })
    void whatIsNotSupported(String errno, int device, boolean hasJit, Cause cause, String explanation) {
        Case failed = errno(errno);
        failed.hasJit = hasJit;
        failed.asked = Optional.of(new KernelRefusal.Asked(ProgramType.XDP.number(), 2, device));
        failed.isBecauseOf(cause, explanation, "");
    }

    @Test
    void anOldKernel() {
        Case failed = errno("EINVAL");
        failed.type = ProgramType.NETFILTER;
        failed.kernel = new KernelVersion(6, 1);
        failed.isBecauseOf(Cause.OLD_KERNEL, "netfilter exist since Linux 6.4, and this is 6.1", "newer kernel");
        failed.kernel = new KernelVersion(6, 4);
        failed.isBecauseOf(Cause.UNKNOWN_ATTRIBUTE, "does not take the type, a flag", "strace");
        failed.kernel = KernelVersion.of("");
        failed.isBecauseOf(Cause.UNKNOWN_ATTRIBUTE, "does not take the type, a flag", "strace");
    }

    @ParameterizedTest
    @CsvSource({
        "ENOMEM, MEMORY",
        "ENOENT, NOT_FOUND",
        "ESRCH, UNKNOWN",
        "EKEYREJECTED, UNKNOWN", // No signature is given to the kernel.
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
