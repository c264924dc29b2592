package org.bpfgate.policy.ipe.internal.parser;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts made of the language's words. */
public final class PolicyTexts {
    /** The first line of each. */
    public static final String HEADER = "policy_name=p policy_version=1.0.0\n";

    /** Conditions that a BPF load can be asked about. */
    public static final List<String> PROPERTIES = List.of(
            "boot_verified=FALSE",
            "dmverity_signature=TRUE",
            "fsverity_digest=sha256:00ff",
            "bpf_signature=OK",
            "bpf_signature=UNSIGNED",
            "bpf_signature=NONE",
            "bpf_integrity=allowlist:OK",
            "bpf_integrity=native:NONE",
            "bpf_keyring=BUILTIN",
            "bpf_keyring=PLATFORM",
            "bpf_kernel=TRUE",
            "bpf_kernel=FALSE",
            "bpf_maps_immutable=TRUE");

    static final List<String> PIECES = List.of(
            "DEFAULT",
            "op=BPF_PROG_LOAD",
            "op=EXECUTE",
            "action=ALLOW",
            "action=DENY",
            "bpf_integrity=hornet:OK",
            "bpf_integrity=:",
            "bpf_signer=sha256:",
            "bpf_prog_type=xdp",
            "bpf_attach_type=",
            "bpf_digest=sha256:00",
            "bpf_name=a",
            "bpf_helper=!",
            "bpf_helper=bpf_loop",
            "bpf_kfunc=!a",
            "bpf_client_uid=1",
            "bpf_client_exe=",
            "bpf_client_unit=a.b",
            "bpf_probe=TRUE",
            "bpf_trial=TRUE",
            "bpf_maps_immutable=FALSE",
            "dmverity_roothash=a:b",
            "boot_verified=TRUE",
            "policy_name=",
            "=",
            " ",
            " ",
            " ",
            "\t",
            "\n",
            "\r",
            "\n\r",
            "#",
            "\0",
            "\u000b",
            "\u00a0",
            "\u00e4");

    private PolicyTexts() {}

    /** Policies of the dialect bpfgate about BPF loads, each with a global default. */
    public static Arbitrary<String> policies() {
        Arbitrary<String> actions = Arbitraries.of(" action=ALLOW\n", " action=DENY\n");
        Arbitrary<String> conditions =
                Arbitraries.of(PROPERTIES).list().ofMaxSize(3).map(words -> String.join(" ", words));
        Arbitrary<String> rules =
                Combinators.combine(conditions, actions).as((words, action) -> "op=BPF_PROG_LOAD " + words + action);
        return Combinators.combine(actions, rules.list().ofMaxSize(6))
                .as((action, lines) -> HEADER + "DEFAULT" + action + String.join("", lines));
    }
}
