package org.bpfgate.benchmarks.signed;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.bpfgate.benchmarks.EmbeddedGate;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationException;

/** One decision on a signed program: the verifier {@code hornet} and the policy {@code ipe} behind the whole entry point. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before each trial.
public class SignedBenchmark {
    static final String DIRECTORY = "directory";
    static final String NATIVE_CRYPTO = "nativeCrypto";

    /** Where the {@link SignedSample} is. */
    @Param("")
    public String directory;

    /** Whether the bundle with native cryptography runs, as in a gate that stays up. */
    @Param("false")
    public boolean nativeCrypto;

    private EmbeddedGate gate;
    private SecurityHooks hooks;
    private final byte[][] codes = new byte[SignedSample.PROGRAMS][];
    private final byte[][] signatures = new byte[SignedSample.PROGRAMS][];

    /** Which program a thread asks about next. */
    @State(Scope.Thread)
    public static class Turn {
        private int program;
        private int step;

        /** Gives each of two threads every other program. */
        @Setup
        public void begin(ThreadParams threads) {
            program = threads.getThreadIndex();
            step = threads.getThreadCount();
        }

        private int next() {
            program = (program + step) % SignedSample.PROGRAMS;
            return program;
        }
    }

    /** Starts and configures the gate. */
    @Setup
    public void start() throws IOException, BundleException, ConfigurationException {
        SignedSample sample = new SignedSample(Path.of(directory));
        byte[] first = sample.readContent();
        for (int i = 0; i < SignedSample.PROGRAMS; i++) {
            codes[i] = SignedSample.code(first, i);
            signatures[i] = sample.readMessage(i);
        }
        gate = EmbeddedGate.start(Map.of("lsm.required", "hornet,ipe"));
        if (nativeCrypto) {
            gate.startFromClassPath("native-crypto-bundle");
        }
        gate.startFromClassPath("integrity-sig-bundle");
        gate.startFromClassPath("ipe-policy-bundle");
        gate.configure(
                "org.bpfgate.hornet",
                Map.of("trust", new String[] {sample.certificate().toString()}));
        gate.configure("org.bpfgate.ipe", Map.of("policy", sample.policy().toString()));
        hooks = gate.hooks();
    }

    /** Stops it. */
    @TearDown
    public void stop() throws IOException, BundleException {
        gate.close();
    }

    /** The decision on a program that the verifier does not remember. */
    @Benchmark
    public LoadDecision first(Turn turn) {
        return decide(turn.next());
    }

    /** The decision on a program that was decided on before. */
    @Benchmark
    public LoadDecision again() {
        return decide(0);
    }

    /** What no decision can do without: the digest of the program. */
    @Benchmark
    public byte[] digest() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(codes[0]);
    }

    /** The load as a client brings it, the decision, and the end of the program. */
    private LoadDecision decide(int index) {
        BpfProgram program = new BpfProgram("benchmark", ProgramType.XDP, Instructions.of(codes[index]));
        ProgramLoad load = ProgramLoad.of(program).withKeyring(KeyringId.USER).withSignature(signatures[index]);
        LoadDecision decision = hooks.bpfProgLoad(load);
        hooks.bpfProgFree(program);
        if (!decision.isAllow()) {
            throw new IllegalStateException("the signed program is denied: "
                    + decision.reports().get(0).report().reason());
        }
        return decision;
    }
}
