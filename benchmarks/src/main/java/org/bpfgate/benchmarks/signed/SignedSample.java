package org.bpfgate.benchmarks.signed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bpfgate.benchmarks.EmbeddedGate;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.Tool;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.program.Instructions;
import org.osgi.framework.BundleException;

/**
 * The files of signed programs: key, certificate, instructions of the first one, messages and policy.
 *
 * @param directory where they are
 */
record SignedSample(Path directory) {
    /** Bytes of instructions in the sample: 421 of them. */
    private static final int SIZE = 3368;

    /**
     * Programs that differ in their first bytes: so many more than a verifier remembers (1024) that each of two threads, with
     * every other one for itself, comes to each of its programs after it was forgotten.
     */
    static final int PROGRAMS = 4096;

    /** Any fixed number, so that every run signs the same bytes. */
    private static final long SEED = 1;

    private static final String POLICY = """
            policy_name=benchmark policy_version=1.0.0
            DEFAULT action=DENY
            op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
            """;

    /**
     * Makes all files.
     *
     * @param keyOptions what makes {@code openssl req} choose the kind of key
     * @throws SkippedException when the machine has no openssl
     */
    static SignedSample make(Path directory, List<String> keyOptions)
            throws IOException, InterruptedException, SkippedException {
        SignedSample sample = new SignedSample(Files.createDirectories(directory));
        byte[] code = new byte[SIZE];
        new Random(SEED).nextBytes(code);
        Files.write(sample.content(), code(code, 0));
        Files.writeString(sample.policy(), POLICY);
        Tool.openssl(keyOptions, sample.key(), sample.certificate());
        sample.sign(code);
        return sample;
    }

    private void sign(byte[] code) throws IOException {
        try (EmbeddedGate gate = EmbeddedGate.start(Map.of())) {
            gate.startFromClassPath("bcprov-jdk18on", "bcutil-jdk18on", "bcpkix-jdk18on", "signing-bundle");
            ProgramSigner signer = gate.service(ProgramSigner.class, "(" + ProgramSigner.CONTRACT + "=hornet)");
            SigningIdentity identity = SigningIdentity.of(key(), certificate());
            for (int i = 0; i < PROGRAMS; i++) {
                Files.write(message(i), signer.sign(identity, Instructions.of(code(code, i)), List.of()));
            }
        } catch (BundleException | SigningException e) {
            throw new IOException("the sample cannot be signed", e);
        }
    }

    private Path key() {
        return directory.resolve("signer.key");
    }

    Path certificate() {
        return directory.resolve("signer.crt");
    }

    Path content() {
        return directory.resolve("program.insns");
    }

    Path message(int program) {
        return directory.resolve("program-" + program + ".p7s");
    }

    Path policy() {
        return directory.resolve("policy.ipe");
    }

    /** The instructions of one of the programs. */
    static byte[] code(byte[] first, int program) {
        byte[] code = first.clone();
        ByteBuffer.wrap(code).putInt(program);
        return code;
    }

    byte[] readContent() throws IOException {
        return Files.readAllBytes(content());
    }

    byte[] readMessage(int program) throws IOException {
        return Files.readAllBytes(message(program));
    }
}
