package org.bpfgate.policy.ipe.internal.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.bpf.MapType;
import org.bpfgate.policy.ipe.internal.bpf.ProgramCalls;
import org.bpfgate.policy.ipe.internal.event.BlockDevice;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** An event whose every fact is drawn from the few values that {@link RandomPolicy} asks for, and some that it never does. */
final class RandomEvent implements EvaluationContext {
    private static final int WITHOUT = 4;

    private final Random random;
    private final Op op;
    private final IntegrityVerdict hornet;
    private final IntegrityVerdict allowlist;
    private final int keyring;
    private final boolean kernel;
    private final boolean probe;
    private final boolean trial;
    private final boolean mapsImmutable;
    private final boolean initramfs;
    private final List<String> signers = new ArrayList<>();
    private final @Nullable String authority;
    private final long time;
    private final @Nullable LoadedProgram program;
    private final @Nullable LoadClient client;
    private final @Nullable BlockDevice device;

    RandomEvent(Random random) {
        this.random = random;
        op = random.nextInt(WITHOUT) == 0 ? Op.EXECUTE : Op.BPF_PROG_LOAD;
        hornet = one(IntegrityVerdict.OK, IntegrityVerdict.UNSIGNED, IntegrityVerdict.NONE);
        allowlist = one(IntegrityVerdict.OK, IntegrityVerdict.NONE);
        keyring = random.nextInt(4);
        kernel = random.nextBoolean();
        probe = random.nextBoolean();
        trial = random.nextBoolean();
        mapsImmutable = random.nextBoolean();
        initramfs = random.nextBoolean();
        for (int i = random.nextInt(3); i > 0; i--) {
            signers.add(RandomPolicy.digest(random));
        }
        authority = random.nextBoolean() ? null : RandomPolicy.digest(random);
        time = one(0L, 1_800_000_000L, 2_000_000_000L);
        program = random.nextInt(WITHOUT) == 0 ? null : new Program();
        client = random.nextInt(WITHOUT) == 0 ? null : someClient();
        device = random.nextBoolean()
                ? null
                : new BlockDevice(new FileDigest("sha256", RandomPolicy.digest(random)), random.nextBoolean());
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    @Override
    public Op op() {
        return op;
    }

    @Override
    public boolean initramfs() {
        return initramfs;
    }

    @Override
    public @Nullable BlockDevice blockDevice() {
        return device;
    }

    @Override
    public IntegrityVerdict verdictOf(String verifier) {
        return switch (verifier) {
            case "hornet" -> hornet;
            case "allowlist" -> allowlist;
            default -> IntegrityVerdict.NONE;
        };
    }

    @Override
    public int keyringId() {
        return keyring;
    }

    @Override
    public boolean kernel() {
        return kernel;
    }

    @Override
    public boolean probe() {
        return probe;
    }

    @Override
    public boolean trial() {
        return trial;
    }

    @Override
    public boolean mapsImmutable() {
        return mapsImmutable;
    }

    @Override
    public @Nullable String signer(int n) {
        return n < signers.size() ? signers.get(n) : null;
    }

    @Override
    public @Nullable String authority(int n) {
        return n == 0 ? authority : null;
    }

    @Override
    public long epochSecond() {
        return time;
    }

    @Override
    public @Nullable LoadedProgram program() {
        return program;
    }

    @Override
    public @Nullable LoadClient client() {
        return client;
    }

    private final class Program implements LoadedProgram {
        private final ProgramType type = one(ProgramType.XDP, ProgramType.KPROBE, ProgramType.LSM);
        private final @Nullable AttachType attachType = random.nextBoolean() ? AttachType.XDP : null;
        private final String name = one("a", "b", "");
        private final @Nullable ProgramDigest digest =
                random.nextBoolean() ? ProgramDigest.parse(RandomPolicy.digest(random)) : null;
        private final int helper = one(6, 36);
        private final int size = one(5, 15, 25);
        private final @Nullable String license = one("GPL", "Dual BSD/GPL", "Proprietary", "");

        @Override
        public ProgramType type() {
            return type;
        }

        @Override
        public @Nullable AttachType attachType() {
            return attachType;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public @Nullable ProgramDigest digest() {
            return digest;
        }

        @Override
        public int instructionCount() {
            return size;
        }

        @Override
        public @Nullable String license() {
            return license;
        }

        @Override
        public boolean mayUse(MapType type) {
            return type == MapType.HASH;
        }

        @Override
        public ProgramCalls calls() {
            return ProgramCalls.of(Instructions.of(Code.callHelper(helper)), id -> null);
        }
    }

    private TestClient someClient() {
        return new TestClient(
                random.nextInt(3),
                random.nextBoolean() ? Optional.empty() : Optional.of(RandomPolicy.digest(random)),
                random.nextBoolean() ? Optional.empty() : Optional.of("a.service"));
    }
}
