package org.bpfgate.policy.ipe.internal.tools;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.bpf.Helpers;
import org.bpfgate.policy.ipe.internal.bpf.MapType;
import org.bpfgate.policy.ipe.internal.bpf.ProgramCalls;
import org.bpfgate.policy.ipe.internal.event.BlockDevice;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.event.FsVerity;
import org.bpfgate.policy.ipe.internal.event.Keyring;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.TestClient;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** The event that the words of a witness describe, for the real evaluator. What no word tells has a value of no policy. */
final class DescribedEvent implements EvaluationContext {
    private static final int CALL = 0x85;
    private static final int KFUNC = 2;

    private final @Nullable Op op;
    private final List<String> facts;

    DescribedEvent(String op, List<String> facts) {
        this.op = op.equals("UNKNOWN") ? null : Op.valueOf(op);
        this.facts = facts;
    }

    private @Nullable String fact(String key) {
        return facts.stream()
                .filter(fact -> fact.startsWith(key))
                .map(fact -> fact.substring(key.length()))
                .findFirst()
                .orElse(null);
    }

    private String fact(String key, String otherwise) {
        String found = fact(key);
        return found == null ? otherwise : found;
    }

    private boolean isTrue(String key) {
        return fact(key, "FALSE").equals("TRUE");
    }

    private boolean isLoad() {
        return op == Op.BPF_PROG_LOAD;
    }

    @Override
    public @Nullable Op op() {
        return op;
    }

    @Override
    public boolean initramfs() {
        return isTrue("boot_verified=");
    }

    @Override
    public @Nullable BlockDevice blockDevice() {
        return isLoad() ? null : new BlockDevice(digest("dmverity_roothash="), isTrue("dmverity_signature="));
    }

    @Override
    public @Nullable FsVerity fsVerity() {
        return isLoad() ? null : new FsVerity(digest("fsverity_digest="), isTrue("fsverity_signature="));
    }

    private FileDigest digest(String key) {
        String[] parts = fact(key, "other:00").split(":", 2);
        return new FileDigest(parts[0], parts[1]);
    }

    @Override
    public IntegrityVerdict verdictOf(String verifier) {
        String key = verifier.equals("hornet") ? "bpf_signature=" : "bpf_integrity=" + verifier + ":";
        return IntegrityVerdict.valueOf(fact(key, "NONE"));
    }

    @Override
    public int keyringId() {
        String name = fact("bpf_keyring=");
        return name == null
                ? isLoad() ? Keyring.USER.id() : 0
                : Keyring.valueOf(name).id();
    }

    @Override
    public boolean kernel() {
        return isTrue("bpf_kernel=");
    }

    @Override
    public boolean probe() {
        return isTrue("bpf_probe=");
    }

    @Override
    public boolean trial() {
        return isTrue("bpf_trial=");
    }

    @Override
    public boolean mapsImmutable() {
        return isTrue("bpf_maps_immutable=");
    }

    @Override
    public @Nullable String signer(int n) {
        String prefix = "bpf_signer=sha256:";
        List<String> signers = new ArrayList<>(
                facts.stream().filter(fact -> fact.startsWith(prefix)).toList());
        for (int i = signers.size(); i < bound("bpf_signers=", authority(0) == null ? 0 : 1, 0); i++) {
            signers.add(prefix + "other" + i);
        }
        return n < signers.size() ? signers.get(n).substring(prefix.length()) : null;
    }

    /** Returns a number within the bounds that the facts name: the largest that is met, or the smallest. */
    private long bound(String key, long otherwise, int step) {
        long least = otherwise;
        for (String fact : facts) {
            if (fact.startsWith(step == 0 ? key : "not " + key)) {
                least = Math.max(least, number(fact.substring(fact.indexOf('=') + 1)) + step);
            }
        }
        return least;
    }

    private static long number(String text) {
        return text.contains("T") ? Instant.parse(text).getEpochSecond() : Long.parseLong(text);
    }

    @Override
    public @Nullable String authority(int n) {
        String prefix = "bpf_signer_ca=sha256:";
        List<String> authorities =
                facts.stream().filter(fact -> fact.startsWith(prefix)).toList();
        return n < authorities.size() ? authorities.get(n).substring(prefix.length()) : null;
    }

    /** A bound that is not met is the time itself; without a bound all of them are over. */
    @Override
    public long epochSecond() {
        long over = -1;
        for (String fact : facts) {
            if (fact.startsWith("not until=")) {
                over = Math.max(over, number(fact.substring("not until=".length())));
            }
        }
        boolean before = facts.stream().anyMatch(fact -> fact.startsWith("until="));
        return over >= 0 ? over : before ? 0 : 4_000_000_000L;
    }

    @Override
    public @Nullable LoadedProgram program() {
        return isLoad() ? new Program() : null;
    }

    @Override
    public @Nullable LoadClient client() {
        return kernel()
                ? null
                : new TestClient(
                        Long.parseLong(fact("bpf_client_uid=", "4000000000")),
                        Optional.ofNullable(fact("bpf_client_exe=sha256:")),
                        Optional.ofNullable(fact("bpf_client_unit=")));
    }

    private final class Program implements LoadedProgram {
        @Override
        public ProgramType type() {
            return ProgramType.byLabel(fact("bpf_prog_type=", "unspec")).orElseThrow();
        }

        @Override
        public @Nullable AttachType attachType() {
            String label = fact("bpf_attach_type=");
            return label == null ? null : AttachType.valueOf(label.toUpperCase(Locale.ROOT));
        }

        @Override
        public String name() {
            return fact("bpf_name=", "");
        }

        @Override
        public @Nullable ProgramDigest digest() {
            String digest = fact("bpf_digest=sha256:");
            return digest == null ? null : ProgramDigest.parse(digest);
        }

        @Override
        public int instructionCount() {
            boolean small = facts.stream().anyMatch(fact -> fact.startsWith("bpf_insn_max="));
            return (int) bound("bpf_insn_max=", small ? 1 : 1_000_000, 1);
        }

        @Override
        public @Nullable String license() {
            String license = fact("bpf_license=");
            if (license != null) {
                return license.replace('_', ' ');
            }
            String compatible = fact("bpf_gpl_compatible=");
            return "TRUE".equals(compatible) ? "GPL v2" : "other";
        }

        @Override
        public boolean mayUse(MapType type) {
            return facts.contains("bpf_map_type=" + type.label());
        }

        @Override
        public ProgramCalls calls() {
            List<String> functions = new ArrayList<>();
            ByteBuffer code = ByteBuffer.allocate(facts.size() * Instructions.SLOT_SIZE + Instructions.SLOT_SIZE)
                    .order(ByteOrder.nativeOrder());
            for (String fact : facts) {
                if (fact.startsWith("bpf_helper=bpf")) {
                    Integer number = Helpers.number(fact.substring("bpf_helper=".length()));
                    code.put((byte) CALL).put((byte) 0).putShort((short) 0).putInt(number == null ? 0 : number);
                } else if (fact.startsWith("bpf_kfunc=") && !fact.startsWith("bpf_kfunc=!")) {
                    code.put((byte) CALL)
                            .put((byte) (KFUNC << 4))
                            .putShort((short) 0)
                            .putInt(functions.size());
                    functions.add(fact.substring("bpf_kfunc=".length()));
                }
            }
            return ProgramCalls.of(Instructions.of(code.array()), functions::get);
        }
    }
}
