package org.bpfgate.command.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfgate.mediation.KernelAnswer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One fact after the other is changed on a host that is otherwise as it should be. */
class HostTest {
    private static final KernelAnswer WORKS = new KernelAnswer(Optional.empty(), Optional.of("SHA-256"));
    private static final KernelAnswer REFUSED = new KernelAnswer(Optional.of("EPERM"), Optional.empty());

    @TempDir
    private Path root;

    @BeforeEach
    void aGoodHost() throws IOException {
        write("proc/sys/kernel/osrelease", "6.18.0");
        write(
                "boot/config-6.18.0",
                String.join(
                        "=y\n",
                        "CONFIG_BPF_SYSCALL",
                        "CONFIG_BPF_JIT",
                        "CONFIG_DEBUG_INFO_BTF",
                        "CONFIG_CGROUP_BPF",
                        "CONFIG_BPF_EVENTS",
                        "CONFIG_KPROBES",
                        "CONFIG_FTRACE_SYSCALLS",
                        "CONFIG_BPF_LSM",
                        "CONFIG_XDP_SOCKETS",
                        "CONFIG_NET_CLS_BPF=m"));
        write("sys/kernel/btf/vmlinux", "");
        write("sys/kernel/security/lockdown", "[none] integrity confidentiality");
        write("sys/kernel/security/lsm", "lockdown,capability,yama,bpf");
        write("proc/sys/kernel/unprivileged_bpf_disabled", "2");
        write("proc/sys/net/core/bpf_jit_enable", "1");
        write("proc/sys/net/core/bpf_jit_harden", "0");
        write(
                "proc/sys/kernel/seccomp/actions_avail",
                "kill_process kill_thread trap errno user_notif trace log allow");
        write("proc/self/status", "Name:\tjava\nCapEff:\t000001ffffffffff\nSeccomp:\t0\nSeccomp_filters:\t0");
        write("proc/self/uid_map", "         0          0 4294967295");
        write("proc/self/limits", "Max locked memory         8388608              8388608              bytes");
        write("proc/self/mountinfo", "44 43 0:40 / /sys/fs/bpf rw,relatime - bpf bpf rw,mode=700");
        write(
                "proc/keys",
                "22198048 I------     1 perm 1f0b0000     0     0 keyring   .builtin_trusted_keys: 1\n"
                        + "28fb6ef2 I------     1 perm 1f030000     0     0 keyring   .dns_resolver: empty");
        write("proc/cmdline", "quiet");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text.replace('|', '\n') + "\n");
    }

    private Finding finding(String id, KernelAnswer answer) {
        return finding(id, answer, Optional.empty());
    }

    private Finding finding(String id, KernelAnswer answer, Optional<String> listener) {
        return Host.findings(new HostFiles(root), answer, listener).stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGoodHostHasNothingToMend() {
        assertThat(Host.findings(new HostFiles(root), WORKS, Optional.empty()))
                .allSatisfy(finding ->
                        assertThat(finding.state()).as(finding.toString()).isEqualTo(Finding.State.OK))
                .allSatisfy(finding -> assertThat(finding.fix()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "proc/sys/kernel/osrelease, 5.4.0, kernel, NOTE, 'RLIMIT_MEMLOCK counts'",
        "proc/sys/kernel/osrelease, 6.8.0, kernel, NOTE, 'BPF tokens (6.9); signatures'",
        "boot/config-6.18.0, CONFIG_BPF=y, config, PROBLEM, 'ENOSYS'",
        "boot/config-6.18.0, CONFIG_BPF_SYSCALL=y, config, NOTE, 'ENOTSUPP'",
        "sys/kernel/security/lockdown, none [integrity] confidentiality, lockdown, NOTE, bpf_probe_write_user",
        "sys/kernel/security/lockdown, none integrity [confidentiality], lockdown, NOTE, bpf_probe_read_kernel",
        "sys/kernel/security/lsm, 'lockdown,capability,selinux', lsm, NOTE, 'cannot be attached; selinux may refuse'",
        "sys/kernel/security/lsm, 'capability,apparmor,bpf', lsm, OK, 'apparmor, bpf may refuse'",
        "proc/sys/kernel/unprivileged_bpf_disabled, 0, unprivileged_bpf_disabled, NOTE, everybody",
        "proc/sys/kernel/unprivileged_bpf_disabled, 1, unprivileged_bpf_disabled, OK, next boot",
        "proc/sys/net/core/bpf_jit_enable, 0, jit, NOTE, interpreted",
        "proc/sys/net/core/bpf_jit_harden, 2, jit_harden, NOTE, blinded",
        "proc/self/status, 'CapEff:\t0000000000000000', capabilities, PROBLEM, 'without CAP_BPF bpf(2) ends with"
                + " EPERM'",
        "proc/self/status, 'CapEff:\t0000008000000000', capabilities, NOTE, 'without CAP_PERFMON no tracing program,"
                + " without CAP_NET_ADMIN'",
        "proc/self/status, 'CapEff:\t0000000000200000', capabilities, OK, every type", // CAP_SYS_ADMIN
        "proc/self/status, 'CapEff:\tff|Seccomp:\t2|Seccomp_filters:\t2', seccomp, NOTE, a filter",
        "proc/self/uid_map, '0 1000 1', user_namespace, PROBLEM, do not count",
        "proc/self/mountinfo, none, bpffs, NOTE, nothing can be pinned",
        "proc/keys, 'x I-- 1 perm 0 0 0 keyring   .builtin_trusted_keys: empty', keyrings, NOTE, ENOKEY",
        "proc/keys, none, keyrings, UNKNOWN, 'none of the kernel''s keyrings'",
        "proc/keys, 'x I-- 1 perm 0 0 0 keyring   .bpf: empty', keyring_bpf, NOTE, created sealed",
    })
    void aFactAndItsMeaning(String file, String text, String id, Finding.State state, String meaning)
            throws IOException {
        write(file, text);
        Finding finding = finding(id, WORKS);
        assertThat(finding.state()).as(finding.toString()).isEqualTo(state);
        assertThat(finding.meaning()).contains(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "000000c000000000, 'without CAP_NET_ADMIN no program of the network is loaded (EPERM)'", // CAP_BPF, CAP_PERFMON
        "0000008000001000, 'without CAP_PERFMON no tracing program is loaded (EPERM)'", // CAP_BPF, CAP_NET_ADMIN
    })
    void onlyWhatIsMissingIsToldAsMissing(String capabilities, String meaning) throws IOException {
        write("proc/self/status", "CapEff:\t" + capabilities);
        assertThat(finding("capabilities", WORKS).meaning()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "EBUSY, errno user_notif allow, EBUSY, '1 seccomp filter, one of them with a listener'",
        "EPERM, errno user_notif allow, EPERM, 'is refused: here bpfgate run, learn'",
        "EINVAL, errno allow, no, 'without notification: bpfgate run, learn'",
    })
    void aListenerThatIsRefused(String answer, String actions, String value, String meaning) throws IOException {
        write("proc/self/status", "CapEff:\t000001ffffffffff\nSeccomp:\t2\nSeccomp_filters:\t1");
        write("proc/sys/kernel/seccomp/actions_avail", actions);
        Finding finding = finding("seccomp_notification", WORKS, Optional.of(answer));
        assertThat(finding.state()).isEqualTo(Finding.State.NOTE);
        assertThat(finding.value()).isEqualTo(value);
        assertThat(finding.meaning()).contains(meaning);
    }

    @Test
    void anOldKernelCountsLockedMemory() throws IOException {
        write("proc/sys/kernel/osrelease", "5.10.0");
        assertThat(finding("memlock", WORKS).state()).isEqualTo(Finding.State.NOTE);
        write("proc/self/limits", "Max locked memory         unlimited            unlimited            bytes");
        assertThat(finding("memlock", WORKS).state()).isEqualTo(Finding.State.OK);
    }

    @Test
    void aKeyringThatWasLeftOpenAtBoot() throws IOException {
        write("proc/keys", "x I-- 1 perm 0 0 0 keyring   .bpf: 2");
        write("proc/cmdline", "quiet bpf.keyring_unsealed=1 ro");
        assertThat(finding("keyring_bpf", WORKS).value()).isEqualTo("2, open at boot");
    }

    @Test
    void aRefusedLoadNamesTheFindingsThatExplainIt() throws IOException {
        assertThat(finding("load", REFUSED).meaning()).contains("none of the findings says why");
        write("proc/self/status", "CapEff:\t0000000000000000\nSeccomp:\t2\nSeccomp_filters:\t1");
        assertThat(finding("load", REFUSED).meaning()).endsWith("see capabilities, seccomp");
        assertThat(finding("tags", REFUSED).meaning()).endsWith("by its number this kernel has SHA-256");
        assertThat(finding("tags", new KernelAnswer(Optional.empty(), Optional.of("SHA-1")))
                        .value())
                .isEqualTo("SHA-1");
    }

    @Test
    void aHostThatShowsNothingIsUnknownAndNotBroken(@TempDir Path empty) {
        assertThat(Host.findings(new HostFiles(empty), WORKS, Optional.empty()))
                .noneMatch(finding -> finding.state() == Finding.State.PROBLEM)
                .anyMatch(finding -> finding.fix().startsWith("mount -t securityfs"));
    }
}
