package org.bpfgate.policy.ipe.internal.policy;

import java.util.Random;

/** Policies in which rules that differ, rules that repeat, and rules that contradict themselves all occur. */
public final class RandomPolicy {
    private static final String[] PLAIN = {
        "boot_verified=TRUE",
        "boot_verified=FALSE",
        "dmverity_signature=TRUE",
        "dmverity_signature=FALSE",
        "fsverity_signature=TRUE",
        "fsverity_signature=FALSE",
        "fsverity_digest=sha256:00",
        "bpf_signature=OK",
        "bpf_signature=UNSIGNED",
        "bpf_signature=NONE",
        "bpf_integrity=hornet:OK",
        "bpf_integrity=allowlist:OK",
        "bpf_integrity=native:NONE",
        "bpf_keyring=BUILTIN",
        "bpf_keyring=PLATFORM",
        "bpf_kernel=TRUE",
        "bpf_kernel=FALSE",
        "bpf_probe=TRUE",
        "bpf_probe=FALSE",
        "bpf_trial=TRUE",
        "bpf_trial=FALSE",
        "bpf_maps_immutable=TRUE",
        "bpf_maps_immutable=FALSE",
        "bpf_prog_type=xdp",
        "bpf_prog_type=kprobe",
        "bpf_attach_type=xdp",
        "bpf_attach_type=cgroup_inet_ingress",
        "bpf_name=a",
        "bpf_name=b",
        "bpf_helper=bpf_trace_printk",
        "bpf_helper=!bpf_trace_printk",
        "bpf_helper=bpf_probe_write_user",
        "bpf_kfunc=bpf_obj_new_impl",
        "bpf_kfunc=!bpf_obj_new_impl",
        "bpf_keyring=USER",
        "bpf_signers=1",
        "bpf_signers=2",
        "bpf_insn_max=10",
        "bpf_insn_max=20",
        "bpf_map_type=hash",
        "bpf_map_type=!hash",
        "bpf_map_type=!ringbuf",
        "bpf_license=GPL",
        "bpf_license=Dual_BSD/GPL",
        "bpf_gpl_compatible=TRUE",
        "bpf_gpl_compatible=FALSE",
        "until=2027-01-01",
        "until=2030-01-01T12:00:00Z",
        "bpf_prog_type={xdp,kprobe,lsm}",
        "bpf_signature={OK,UNSIGNED}",
        "bpf_integrity={hornet:OK,allowlist:OK}",
        "bpf_helper={bpf_trace_printk,!bpf_probe_write_user}",
        "bpf_client_uid={0,1}",
        "bpf_client_uid=0",
        "bpf_client_uid=1",
        "bpf_client_unit=a.service",
        "bpf_client_unit=b.service"
    };

    private static final String[] DIGESTS = {
        "bpf_digest=sha256:",
        "bpf_signer=sha256:",
        "bpf_signer_ca=sha256:",
        "bpf_client_exe=sha256:",
        "dmverity_roothash=sha256:"
    };

    private RandomPolicy() {}

    /** One of five digests. */
    static String digest(Random random) {
        return Integer.toString(random.nextInt(5)).repeat(64);
    }

    /** A policy of up to so many rules, in the dialect bpfgate. */
    public static String text(Random random, int maxRules) {
        StringBuilder text = new StringBuilder("policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n");
        for (int i = random.nextInt(maxRules + 1); i > 0; i--) {
            text.append(random.nextInt(5) == 0 ? "op=EXECUTE" : "op=BPF_PROG_LOAD");
            for (int conditions = random.nextInt(5); conditions > 0; conditions--) {
                text.append(' ').append(property(random));
            }
            text.append(random.nextBoolean() ? " action=ALLOW\n" : " action=DENY\n");
        }
        return text.toString();
    }

    private static String property(Random random) {
        return random.nextInt(4) == 0
                ? DIGESTS[random.nextInt(DIGESTS.length)] + digest(random)
                : PLAIN[random.nextInt(PLAIN.length)];
    }
}
