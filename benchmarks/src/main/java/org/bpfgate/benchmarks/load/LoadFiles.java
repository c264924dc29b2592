package org.bpfgate.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.Tool;
import org.bpfgate.program.Instructions;

/**
 * The two C programs, the program that they load, and the files by which the gate decides.
 *
 * @param directory where they are
 */
record LoadFiles(Path directory) {
    /** {@code r0 = 1; exit}: the kernel has as little to do as it can. With 0 it would be a probe of libbpf. */
    private static final byte[] CODE = {(byte) 0xb7, 0, 0, 0, 1, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    private static final String NEED = "a C compiler is needed";

    private static final String POLICY = """
            policy_name=benchmark policy_version=1.0.0
            DEFAULT action=DENY
            """;

    /** Makes all files. */
    static LoadFiles make(Path directory) throws IOException, InterruptedException, SkippedException {
        LoadFiles files = new LoadFiles(directory);
        Tool.cc("load_client.c", files.client(), NEED);
        Tool.cc("supervisor.c", files.supervisor(), NEED);
        Files.write(files.program(), CODE);
        String digest = Instructions.of(CODE).digest().orElseThrow().hex();
        Files.writeString(files.allowlist(), digest + "  benchmark\n");
        Files.writeString(
                files.digestPolicy(),
                "# dialect: bpfgate\n" + POLICY + "op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW\n");
        Files.writeString(files.signaturePolicy(), POLICY + "op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n");
        Files.writeString(files.denyingPolicy(), POLICY + "op=BPF_PROG_LOAD bpf_signature=BADSIG action=DENY\n");
        files.sign();
        return files;
    }

    private void sign() throws IOException, InterruptedException, SkippedException {
        String key = example("keys/EXAMPLE-ONLY-NEVER-TRUST").toString();
        List<String> words = List.of(
                bpfgate(),
                "sign",
                "--key",
                key + ".key",
                "--cert",
                key + ".crt", //
                "-o",
                signature().toString(),
                program().toString());
        Tool.run(words, "the sample cannot be signed");
    }

    static String bpfgate() {
        return Tool.ofProject("bpfgate").toString();
    }

    private static Path example(String file) {
        return Tool.ofProject("examples/quickstart").resolve(file);
    }

    Path client() {
        return directory.resolve("load_client");
    }

    Path supervisor() {
        return directory.resolve("supervisor");
    }

    Path program() {
        return directory.resolve("program.insns");
    }

    Path signature() {
        return directory.resolve("program.insns.p7s");
    }

    Path trust() {
        return example("trust");
    }

    Path allowlist() {
        return directory.resolve("allowlist");
    }

    Path digestPolicy() {
        return directory.resolve("digest.ipe");
    }

    Path signaturePolicy() {
        return directory.resolve("signature.ipe");
    }

    Path denyingPolicy() {
        return directory.resolve("deny.ipe");
    }
}
