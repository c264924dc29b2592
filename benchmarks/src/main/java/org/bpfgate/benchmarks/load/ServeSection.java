package org.bpfgate.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;
import org.bpfgate.benchmarks.ServedGate;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.TemporaryDirectory;

/** A load under a gate that stays, and so is warm; and what the gate holds in memory after a million decisions. */
public final class ServeSection implements Section {
    private static final int ROUNDS = 5;

    /** Few, since the gate is warm from the second round on, and kernels wear out. */
    private static final int LOADS = 1_000;

    /** Mediated against direct. */
    private static final double TARGET = 2;

    private static final int PROGRAMS = 1_000;
    private static final int DECISIONS = 1_000_000;

    /** Bytes in {@code r0 = N; exit}, and where N is. */
    private static final byte[] CODE = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    private static final int NUMBER_AT = 4;

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public void run(Report report) throws SkippedException, IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            LoadFiles files = LoadFiles.make(directory.path());
            Path settings = Files.createDirectories(directory.path().resolve("root/etc/bpfgate"));
            Files.copy(
                    files.allowlist(),
                    Files.createDirectory(settings.resolve("lists.d")).resolve("list"));
            Files.copy(
                    files.digestPolicy(),
                    Files.createDirectory(settings.resolve("policy.d")).resolve("policy.ipe"));
            try (ServedGate gate = ServedGate.start(directory.path().resolve("root"))) {
                memory(report, gate, programs(directory.path()));
                loads(report, gate, files);
            }
        }
    }

    private static void loads(Report report, ServedGate gate, LoadFiles files)
            throws SkippedException, IOException, InterruptedException {
        Way direct = Way.of(files, "direct", ROUNDS, LOADS, Signature.NONE, 0);
        Way supervisor = Way.of(files, "under a C supervisor", ROUNDS, LOADS, Signature.NONE, 0, files.supervisor());
        Way served = Way.of(
                files,
                "under serve",
                ROUNDS,
                LOADS,
                Signature.NONE,
                0,
                gate.words("exec", "--").toArray());
        List<Way> all = List.of(direct, supervisor, served);
        for (int i = 0; i < ROUNDS; i++) {
            for (Way way : all) {
                way.round(i);
            }
        }
        report.ratio("load under serve, allowed by digest / direct", served.ratioTo(direct), TARGET);
        report.ratio("load under serve, allowed by digest / C supervisor", served.ratioTo(supervisor));
        for (Way way : all) {
            report.figure(way.name() + ", median", way.median(), "us");
            report.figure(way.name() + ", p99", way.p99(), "us");
        }
    }

    private static Path programs(Path directory) throws IOException {
        Path programs = Files.createDirectory(directory.resolve("programs"));
        byte[] code = CODE.clone();
        for (int i = 0; i < PROGRAMS; i++) {
            ByteBuffer.wrap(code).putShort(NUMBER_AT, (short) i);
            Files.write(programs.resolve(i + ".insns"), code);
        }
        return programs;
    }

    /** By {@code check --gate} at the control socket, for which the kernel is not asked. */
    private static void memory(Report report, ServedGate gate, Path programs) throws IOException {
        String request = "{\"version\":1,\"verb\":\"check\",\"arguments\":{\"words\":[\"check\",\"--gate\",\"--\",\""
                + programs + "\"]}}\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(gate.control()));
            BufferedReader replies = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            double before = 0;
            for (int done = 0; done < DECISIONS; done += PROGRAMS) {
                if (done == DECISIONS / 10) {
                    before = residentMegabytes(gate.pid());
                }
                channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
                String reply = replies.readLine();
                while (reply != null && reply.startsWith("{\"item\"")) {
                    reply = replies.readLine();
                }
                if (reply == null || !reply.contains("\"exitCode\":10")) {
                    throw new IOException("the gate answered " + reply);
                }
            }
            double after = residentMegabytes(gate.pid());
            report.ratio("resident memory after 1,000,000 decisions / after 100,000", after / before);
            report.figure("resident memory after 1,000,000 decisions", after, "MB");
        }
    }

    private static double residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("the gate has ended");
    }
}
