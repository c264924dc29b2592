package org.bpfgate.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.TemporaryDirectory;

/** A C client that loads one tiny program again and again: directly, under a C supervisor, under {@code bpfgate run}. */
public final class LoadSection implements Section {
    private static final int ROUNDS = 3;

    /** Mediated against direct. */
    private static final double TARGET = 2;

    /** {@code EACCES} of {@code include/uapi/asm-generic/errno-base.h}, the policy's error. */
    private static final int EACCES = 13;

    @Override
    public String name() {
        return "load";
    }

    @Override
    public void run(Report report) throws SkippedException, IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            LoadFiles files = LoadFiles.make(directory.path());
            Way direct = Way.of(files, "direct", ROUNDS, Signature.NONE, 0);
            Way supervisor = Way.of(files, "under a C supervisor", ROUNDS, Signature.NONE, 0, files.supervisor());
            Way digest = listed(files, "allowed by digest", 0, files.digestPolicy());
            Way cached = signed(files, "allowed by signature, cached", Signature.SAME);
            Way verified = signed(files, "allowed by signature, verified", Signature.ANOTHER);
            Way denied = listed(files, "denied", EACCES, files.denyingPolicy());
            List<Way> all = List.of(direct, supervisor, digest, cached, verified, denied);
            measure(all);
            report.ratio("load under the gate, allowed by digest / direct", digest.ratioTo(direct), TARGET);
            report.ratio("load under the gate, allowed by digest / C supervisor", digest.ratioTo(supervisor));
            report.ratio("load under the C supervisor / direct", supervisor.ratioTo(direct));
            for (Way way : List.of(cached, verified, denied)) {
                report.ratio("load under the gate, " + way.name() + " / direct", way.ratioTo(direct));
            }
            for (Way way : all) {
                report.figure(way.name() + ", median", way.median(), "us");
                report.figure(way.name() + ", p99", way.p99(), "us");
            }
        }
    }

    private static Way listed(LoadFiles files, String name, int errno, Path policy) {
        return gate(files, name, Signature.NONE, errno, "--allowlist", files.allowlist(), policy);
    }

    private static Way signed(LoadFiles files, String name, Signature signature) {
        return gate(files, name, signature, 0, "--trust", files.trust(), files.signaturePolicy());
    }

    private static Way gate(
            LoadFiles files, String name, Signature signature, int errno, String option, Path value, Path policy) {
        return Way.of(
                files,
                name,
                ROUNDS,
                signature,
                errno,
                LoadFiles.bpfgate(),
                "run",
                option,
                value,
                "--policy",
                policy,
                "--");
    }

    private static void measure(List<Way> ways) throws IOException, InterruptedException, SkippedException {
        for (int i = 0; i < ROUNDS; i++) {
            for (Way way : ways) {
                way.round(i);
            }
        }
    }
}
