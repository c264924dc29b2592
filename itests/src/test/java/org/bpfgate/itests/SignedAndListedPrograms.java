package org.bpfgate.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Programs whose decisions by the shipped modules are known: some signed, some on a list. Safe for use by several threads. */
public final class SignedAndListedPrograms {
    private static final String POLICY = """
            # dialect: bpfgate
            policy_name=swap policy_version=1.0.0
            DEFAULT action=DENY
            op=BPF_PROG_LOAD bpf_integrity=allowlist:UNEXPECTED action=DENY
            op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
            op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
            """;

    /** The kinds of program, told apart by their number of instructions. */
    public enum Kind {
        SIGNED(2, true),
        LISTED(3, true),
        UNLISTED(4, false),
        SIGNED_BY_A_STRANGER(5, false),
        SIGNED_AND_REVOKED(6, false);

        final int instructions;
        public final boolean allowed;

        Kind(int instructions, boolean allowed) {
            this.instructions = instructions;
            this.allowed = allowed;
        }

        private String listEntry() {
            return Loads.of(instructions)
                            .program()
                            .instructions()
                            .digest()
                            .orElseThrow()
                            .hex()
                    + "  p\n";
        }
    }

    private final Map<Kind, byte[]> signatures = new EnumMap<>(Kind.class);

    /** Signs those that are signed, with the signer that is there. */
    public SignedAndListedPrograms(BundleContext context) throws Exception {
        sign(context, Kind.SIGNED, "EXAMPLE-ONLY-NEVER-TRUST");
        sign(context, Kind.SIGNED_BY_A_STRANGER, "EXAMPLE-ONLY-STRANGER");
        sign(context, Kind.SIGNED_AND_REVOKED, "EXAMPLE-ONLY-NEVER-TRUST");
    }

    /** The settings of the shipped modules, by PID. */
    public static Map<String, Map<String, Object>> settings() throws IOException {
        Path directory = Files.createTempDirectory("swap");
        return ModuleSwaps.settings(
                Quickstart.trust(),
                Files.writeString(directory.resolve("list"), Kind.LISTED.listEntry()),
                Files.writeString(directory.resolve("revoked"), Kind.SIGNED_AND_REVOKED.listEntry()),
                Files.writeString(directory.resolve("policy.ipe"), POLICY));
    }

    private void sign(BundleContext context, Kind kind, String name) throws Exception {
        ServiceReference<ProgramSigner> found = context.getServiceReferences(
                        ProgramSigner.class, "(" + ProgramSigner.CONTRACT + "=hornet)")
                .iterator()
                .next();
        Path keys = Quickstart.directory().resolve("keys");
        signatures.put(
                kind,
                context.getService(found)
                        .sign(
                                SigningIdentity.of(keys.resolve(name + ".key"), keys.resolve(name + ".crt")),
                                Loads.of(kind.instructions).program().instructions(),
                                List.of()));
        context.ungetService(found);
    }

    /** A load of a program of that kind that was not decided on before. */
    public ProgramLoad load(Kind kind) {
        ProgramLoad load = Loads.of(kind.instructions);
        byte[] signature = signatures.get(kind);
        return signature == null ? load : load.withSignature(signature).withKeyring(KeyringId.USER);
    }
}
