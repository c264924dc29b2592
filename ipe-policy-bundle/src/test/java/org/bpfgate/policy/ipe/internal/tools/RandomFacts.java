package org.bpfgate.policy.ipe.internal.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of the values that {@link org.bpfgate.policy.ipe.internal.policy.RandomPolicy} asks for, and others. */
final class RandomFacts {
    private static final String[][] OF_LOADS = {
        {"bpf_signature=OK", "bpf_signature=UNSIGNED", "bpf_signature=FAULT"},
        {"bpf_integrity=allowlist:OK"},
        {"bpf_integrity=native:OK"},
        {"bpf_keyring=BUILTIN", "bpf_keyring=PLATFORM", "bpf_keyring=SECONDARY", "bpf_keyring=USER"},
        {"bpf_kernel=TRUE"},
        {"bpf_probe=TRUE"},
        {"bpf_trial=TRUE"},
        {"bpf_maps_immutable=TRUE"},
        {"bpf_prog_type=xdp", "bpf_prog_type=kprobe", "bpf_prog_type=lsm"},
        {"bpf_attach_type=xdp", "bpf_attach_type=cgroup_inet_ingress", "bpf_attach_type=tcx_egress"},
        {"bpf_name=a", "bpf_name=b"},
        {"bpf_helper=bpf_trace_printk"},
        {"bpf_helper=bpf_probe_write_user"},
        {"bpf_kfunc=bpf_obj_new_impl"},
        {"bpf_client_uid=0", "bpf_client_uid=1"},
        {"bpf_signers=2", "bpf_signers=3"},
        {"bpf_insn_max=10", "bpf_insn_max=20"},
        {"bpf_map_type=hash"},
        {"bpf_license=GPL", "bpf_license=Dual_BSD/GPL", "bpf_license=other"},
        {"until=2027-01-01T00:00:00Z", "until=2030-01-01T12:00:00Z"},
        {"bpf_client_unit=a.service", "bpf_client_unit=b.service"}
    };

    private static final String[][] OF_FILES = {
        {"boot_verified=TRUE"},
        {"dmverity_signature=TRUE"},
        {"fsverity_signature=TRUE"},
        {"fsverity_digest=sha256:00"},
        {"bpf_client_uid=0", "bpf_client_uid=1"},
        {"bpf_client_unit=a.service"}
    };

    private RandomFacts() {}

    static DescribedEvent event(Random random) {
        boolean load = random.nextInt(4) != 0;
        List<String> facts = new ArrayList<>();
        for (String[] row : load ? OF_LOADS : OF_FILES) {
            if (random.nextBoolean()) {
                facts.add(row[random.nextInt(row.length)]);
            }
        }
        for (String key : load
                ? List.of("bpf_digest", "bpf_signer", "bpf_signer", "bpf_signer_ca", "bpf_client_exe")
                : List.of("dmverity_roothash", "bpf_client_exe")) {
            if (random.nextBoolean()) {
                facts.add(key + "=sha256:" + Integer.toString(random.nextInt(5)).repeat(64));
            }
        }
        if (facts.contains("bpf_signature=UNSIGNED")) {
            facts.removeIf(fact -> fact.equals("bpf_integrity=native:OK") || fact.startsWith("bpf_signer"));
        }
        return new DescribedEvent(load ? "BPF_PROG_LOAD" : "EXECUTE", facts);
    }
}
