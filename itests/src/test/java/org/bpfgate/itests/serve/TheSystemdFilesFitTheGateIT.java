package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files for systemd: systemd understands them, and the gate works with what they leave it. */
@LoadsPrograms
@Timeout(120)
class TheSystemdFilesFitTheGateIT {
    private static final String CAPABILITIES = "CapabilityBoundingSet=~";

    @TempDir
    private Path directory;

    private static Path shipped(String name) {
        return Gate.installation().resolve("systemd").resolve(name);
    }

    /** As the page says: for the place of this installation. */
    private Path copied(String name, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        String text = Files.readString(shipped(name))
                .replace("/opt/bpfgate", Gate.installation().toString());
        return Files.writeString(to, text);
    }

    @Test
    void systemdUnderstandsTheUnitAndTheDropIn() throws IOException {
        Requires.command("systemd-analyze");
        Path unit = copied("bpfgate.service", directory.resolve("bpfgate.service"));
        requireGood(CommandLine.of("systemd-analyze", "verify").run(unit));
        Path service = Files.writeString(
                directory.resolve("collector.service"), "[Service]\nType=exec\nExecStart=/bin/true\n");
        copied("collector.service.d/bpfgate.conf", directory.resolve("collector.service.d/bpfgate.conf"));
        requireGood(CommandLine.of("systemd-analyze", "verify").run(service));
    }

    private static void requireGood(CommandLine.Result verified) {
        assertThat(verified.exitCode()).as("%s", verified).isZero();
        assertThat(verified.stdout() + verified.stderr()).isEmpty();
    }

    @Test
    void theDirectoriesOfTmpfilesAreThoseOfTheGate() throws IOException {
        try (RunningGate gate = RunningGate.ready(directory)) {
            assertThat(gate.log()).contains("ready");
        }
        for (String line : Files.readAllLines(shipped("tmpfiles.conf"))) {
            if (!line.startsWith("#")) {
                String[] fields = line.split(" ", -1);
                Path made = directory.resolve(fields[1].substring(1));
                assertThat(made).isDirectory();
                assertThat(Files.getAttribute(made, "unix:mode")).isEqualTo(0040000 | Integer.parseInt(fields[2], 8));
            }
        }
    }

    @Test
    void theGateDecidesWithTheCapabilitiesThatAreLeft() throws Exception {
        Requires.command("setpriv");
        Path client = CProgram.compiled("steady.c", directory);
        String line = Files.readAllLines(shipped("bpfgate.service")).stream()
                .filter(each -> each.startsWith(CAPABILITIES))
                .findFirst()
                .orElseThrow();
        String dropped = Arrays.stream(line.substring(CAPABILITIES.length()).split(" ", -1))
                .map(each -> "-" + each.substring("CAP_".length()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        Path root = directory.resolve("root");
        SteadyClient.list(root);
        try (RunningGate gate = RunningGate.readyUnder(root, "setpriv", "--no-new-privs", "--bounding-set", dropped);
                SteadyClient steady = SteadyClient.start(root, client)) {
            assertThat(gate.run("status").exitCode()).isZero();
            SteadyClient.Summary summary = steady.end();
            assertThat(summary.wrong()).as("%s", summary).isZero();
            assertThat(summary.listed()).isPositive();
        }
    }
}
