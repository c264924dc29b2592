package org.bpfgate.benchmarks.policy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** A policy in which all rules but the last ask for other programs, signers, users and executables than the load has. */
final class ManyRules {
    private static final String HEADER = """
            # dialect: bpfgate
            policy_name=many policy_version=1.0.0
            DEFAULT action=DENY
            """;

    private static final String LAST = "op=BPF_PROG_LOAD bpf_signature=OK bpf_prog_type=xdp action=ALLOW\n";

    private ManyRules() {}

    /** The text of a policy of so many rules. */
    static byte[] text(int rules) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 1; i < rules; i++) {
            text.append("op=BPF_PROG_LOAD ")
                    .append(condition(i))
                    .append(i % 2 == 0 ? " action=ALLOW\n" : " action=DENY\n");
        }
        return text.append(LAST).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String condition(int i) {
        String number = Integer.toHexString(i);
        String digest = "0".repeat(64 - number.length()) + number;
        return switch (i % 4) {
            case 0 -> "bpf_digest=sha256:" + digest;
            case 1 -> "bpf_signature=OK bpf_signer=sha256:" + digest;
            case 2 -> "bpf_prog_type=xdp bpf_client_uid=" + (1_000_000 + i);
            default -> "bpf_signature=OK bpf_client_exe=sha256:" + digest;
        };
    }

    static Policy read(byte[] text) {
        try {
            return PolicyParser.parse(text);
        } catch (PolicySyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A signed XDP program, of which every property of the rules can be asked. */
    static BpfLoadContext load() {
        byte[] code = new byte[100 * Instructions.SLOT_SIZE];
        BpfLoadContext load = new BpfLoadContext();
        load.report(
                "hornet",
                IntegrityReport.of(IntegrityVerdict.OK, "verified")
                        .withSigner(new Signer("f".repeat(64), "CN=benchmark"), "sha256"));
        load.describe(ProgramLoad.of(new BpfProgram("count", ProgramType.XDP, Instructions.of(code)))
                .withClient(new Client()));
        return load;
    }

    private static final class Client implements LoadClient {
        private final Optional<String> digest = Optional.of("e".repeat(64));

        @Override
        public int pid() {
            return 1;
        }

        @Override
        public int tid() {
            return 1;
        }

        @Override
        public long uid() {
            return 0;
        }

        @Override
        public String comm() {
            return "client";
        }

        @Override
        public Optional<String> executable() {
            return Optional.empty();
        }

        @Override
        public Optional<String> executableSha256() {
            return digest;
        }

        @Override
        public Optional<String> unit() {
            return Optional.empty();
        }
    }
}
