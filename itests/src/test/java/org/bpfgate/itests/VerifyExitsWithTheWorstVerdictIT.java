package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes of verdicts that files can lead to; FAULT (16) and NONE (17) need a broken module. */
class VerifyExitsWithTheWorstVerdictIT {
    @ParameterizedTest
    @CsvSource({
        "drop_ping.insns,           0", // signed
        "xdp_count.lskel.h,         0", // signed with its map
        "xdp_count.o,               0", // unsigned, and listed: one verifier that says OK is enough
        "exec_trace.o,              11", // neither
        "drop_ping-tampered.insns,  12",
        "drop_ping-stranger.insns,  12", // a stranger's signature is a bad one, as in the kernel
        "xdp_count-changed.o,       15", // unsigned, and not the program of that name that is listed
        "'',                        15", // all of the directory
    })
    void theCodeTellsTheVerdict(String program, int code) {
        CommandLine.Result result =
                verify("--allowlist", Quickstart.allowlist(), Quickstart.program(program == null ? "" : program));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(code);
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void aKeyringThatDoesNotExistIsAnUnknownKey() {
        CommandLine.Result result = verify("--keyring", 4711, Quickstart.program("drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(13);
        assertThat(result.stdout())
                .contains("hornet     UNKNOWNKEY  unknown-keyring: there is no keyring or key with id 4711");
    }

    @Test
    void theWorstOfSeveralProgramsCounts() {
        CommandLine.Result result = verify(
                Quickstart.program("drop_ping.insns"),
                Quickstart.program("drop_ping-tampered.insns"),
                Quickstart.program("exec_trace.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(12);
    }

    @Test
    void junkInPlaceOfASignatureIsABadSignature(@TempDir Path directory) throws IOException {
        Path junk = Files.writeString(directory.resolve("junk.p7s"), "junk");
        Path empty = Files.createFile(directory.resolve("empty.p7s"));
        for (Path signature : List.of(junk, empty)) {
            CommandLine.Result result = verify("--signature", signature, Quickstart.program("exec_trace.o"));
            assertThat(result.exitCode()).as("%s", result).isEqualTo(12);
        }
    }

    private static CommandLine.Result verify(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("verify", "--trust", Quickstart.trust()));
        all.addAll(List.of(arguments));
        return CommandLine.bpfgate().run(all.toArray());
    }
}
