package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.itests.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Libxdp;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that a distribution ships, of libxdp1 1.3.1. */
class LibxdpObjectsAreReadIT {
    private static final String[] PROGRAMS = {
        "xdp-dispatcher.o#xdp_dispatcher xdp",
        "xdp-dispatcher.o#xdp_pass xdp",
        "xdpdump_bpf.o#trace_on_entry tracing",
        "xdpdump_bpf.o#trace_on_exit tracing",
        "xdpdump_xdp.o#xdpdump xdp",
        "xdpfilt_alw_all.o#xdpfilt_alw_all xdp",
        "xdpfilt_alw_eth.o#xdpfilt_alw_eth xdp",
        "xdpfilt_alw_ip.o#xdpfilt_alw_ip xdp",
        "xdpfilt_alw_tcp.o#xdpfilt_alw_tcp xdp",
        "xdpfilt_alw_udp.o#xdpfilt_alw_udp xdp",
        "xdpfilt_dny_all.o#xdpfilt_dny_all xdp",
        "xdpfilt_dny_eth.o#xdpfilt_dny_eth xdp",
        "xdpfilt_dny_ip.o#xdpfilt_dny_ip xdp",
        "xdpfilt_dny_tcp.o#xdpfilt_dny_tcp xdp",
        "xdpfilt_dny_udp.o#xdpfilt_dny_udp xdp",
        "xsk_def_xdp_prog.o#xsk_def_prog xdp",
        "xsk_def_xdp_prog_5.3.o#xsk_def_prog xdp",
    };

    @TempDir
    private Path directory;

    @BeforeEach
    void require() {
        Libxdp.require();
    }

    @Test
    void everyProgramIsListedWithNameAndType() throws IOException {
        assertThat(Libxdp.objects()).hasSize(15);
        assertThat(verify())
                .extracting(program -> label(program) + " " + text(program, "type"))
                .containsExactly(PROGRAMS);
    }

    @Test
    void theQuickstartPolicyDeniesThemAsNeverListed() {
        CommandLine.Result result = check(Quickstart.allowlist());
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(Json.programs(Json.of(result))).hasSize(PROGRAMS.length).allSatisfy(program -> {
            assertThat(text(program, "decision")).isEqualTo("DENY");
            assertThat(text(allowlistVerdict(program), "verdict")).isEqualTo("UNSIGNED");
        });
    }

    @Test
    void aListOfTheirDigestsAllowsExactlyThoseThatHaveOne() throws IOException {
        Set<String> listed = new TreeSet<>();
        StringBuilder list = new StringBuilder();
        for (JsonNode program : verify()) {
            if (program.has("digest")) {
                listed.add(label(program));
                list.append(entry(program));
            } else {
                assertThat(text(program, "digestUnavailable")).isNotBlank();
            }
        }
        assertThat(listed).isNotEmpty().hasSizeLessThan(PROGRAMS.length);
        CommandLine.Result result = check(Files.writeString(directory.resolve("list"), list));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(Json.programs(Json.of(result)))
                .allSatisfy(program -> assertAllowedExactlyWhenListed(program, listed.contains(label(program))));
    }

    private static void assertAllowedExactlyWhenListed(JsonNode program, boolean listed) {
        assertThat(text(program, "decision")).as(label(program)).isEqualTo(listed ? "ALLOW" : "DENY");
        if (!listed) {
            assertThat(text(program, "reason")).isNotBlank();
            assertThat(text(allowlistVerdict(program), "reason")).contains(text(program, "digestUnavailable"));
        }
    }

    private static List<JsonNode> verify() {
        CommandLine.Result result = CommandLine.bpfgate().run("verify", "--format", "json", Libxdp.directory());
        assertThat(result.exitCode()).as("%s", result).isEqualTo(11);
        assertThat(result.stderr()).isEmpty();
        return Json.programs(Json.of(result));
    }

    private static CommandLine.Result check(Path list) {
        return CommandLine.bpfgate()
                .and("check", "--format", "json", "--policy", Quickstart.policy(), "--allowlist", list)
                .run(Libxdp.directory());
    }

    private static String entry(JsonNode program) {
        String digest = text(program, "digest").replace("sha256:", "");
        return digest + "  " + text(program, "program") + " # type=" + text(program, "type") + "\n";
    }

    private static JsonNode allowlistVerdict(JsonNode program) {
        for (JsonNode verdict : program.path("verdicts")) {
            if ("allowlist".equals(text(verdict, "lsm"))) {
                return verdict;
            }
        }
        throw new AssertionError("no verdict of allowlist in " + program);
    }

    private static String label(JsonNode program) {
        return Path.of(text(program, "path")).getFileName() + "#" + text(program, "program");
    }
}
