package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records say which program was asked for by whom: in JSON as rules need it, in the kernel's format as ausearch(8) and aureport(8) read it. */
@LoadsPrograms
class AuditToolsFindWhoAndWhatIT {
    @TempDir
    Path directory;

    private Path client;
    private Path records;
    private String clientDigest;

    @BeforeEach
    void compile() throws Exception {
        client = CProgram.compiled("load_once.c", directory);
        records = directory.resolve("audit.log");
        clientDigest = CommandLine.of("sha256sum").run(client).stdout().split(" ", -1)[0];
    }

    private void run(String action, String format) throws IOException {
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"),
                "policy_name=all policy_version=1.0.0\nDEFAULT action=" + action + "\n");
        CommandLine.Result run = CommandLine.bpfgate()
                .run("run", "--policy", policy, "--audit", records, "--audit-format", format, "--", client, "nothing");
        assertThat(run.stderr()).as("%s", run).doesNotContain("not every record");
        assertThat(records).exists();
    }

    private String tool(String... words) {
        Requires.command(words[0]);
        return CommandLine.of(words).run().stdout();
    }

    @Test
    void jsonHasTheDigestOfTheExecutableInTheFormOfRules() throws IOException {
        run("DENY", "json");
        String digest = "\"exeDigest\":\"sha256:" + clientDigest + "\"";
        assertThat(Files.readAllLines(records))
                .as("the policy's record and the load's")
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(line).contains(digest).contains("\"exe\":\"" + client + "\""));
    }

    @Test
    void ausearchFindsADenialByTheNameOfTheProcess() throws IOException {
        run("DENY", "kernel");
        String found = tool("ausearch", "-if", records.toString(), "-c", "load_once");
        assertThat(found)
                .contains("type=1334")
                .contains("op=LOAD")
                .contains("hash=sha256:")
                .contains("exe_hash=sha256:" + clientDigest)
                .contains("res=0")
                .contains("success=no exit=-13");
        assertThat(tool("ausearch", "-if", records.toString(), "-c", "nobody")).doesNotContain("type=");
        assertThat(tool("ausearch", "-if", records.toString(), "-k", "bpfgate", "-x", client.toString(), "-sv", "no"))
                .contains("type=1300");
        assertThat(tool("ausearch", "-i", "-if", records.toString(), "-m", "BPF"))
                .contains("a0=BPF_PROG_LOAD")
                .contains("comm=load_once")
                .contains("exit=EACCES(Permission denied)");
    }

    @Test
    void aureportCountsWhatWasLoadedAndByWhichExecutable() throws IOException {
        run("ALLOW", "kernel");
        assertThat(tool("ausearch", "-if", records.toString(), "-sv", "yes", "-c", "load_once"))
                .containsPattern("prog-id=[0-9]+ op=LOAD")
                .contains("res=1");
        assertThat(tool("aureport", "-x", "--summary", "-if", records.toString()))
                .contains(client.toString());
        assertThat(tool("aureport", "-k", "-if", records.toString())).contains("bpfgate");
        assertThat(tool("aureport", "-s", "-if", records.toString())).contains("load_once");
    }

    /** An executable of two tebibytes that are not there: reading it is given up, and neither its record nor any later one waits. */
    @Test
    void anExecutableThatTakesForEverSilencesNobody() throws IOException {
        Path huge = Files.copy(client, directory.resolve("huge"));
        try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.WRITE)) {
            Requires.that(canBeHuge(channel), "files of two tebibytes on " + directory);
        }
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        CommandLine.Result run = CommandLine.bpfgate()
                .run(
                        "run",
                        "--policy",
                        policy,
                        "--audit",
                        records,
                        "--",
                        "sh",
                        "-c",
                        huge + " nothing; " + client + " nothing");
        assertThat(run.stderr()).as("%s", run).doesNotContain("not every record");
        assertThat(Files.readAllLines(records))
                .anyMatch(line -> line.contains("\"comm\":\"huge\"") && line.contains("ETIMEDOUT"))
                .anyMatch(line ->
                        line.contains("\"exe\":\"" + client + "\"") && line.contains("\"exeDigest\":\"sha256:"));
    }

    private static boolean canBeHuge(FileChannel channel) {
        try {
            channel.write(ByteBuffer.allocate(1), 2L << 40);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
