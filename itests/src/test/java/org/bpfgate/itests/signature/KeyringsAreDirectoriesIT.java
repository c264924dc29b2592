package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate is trusted in the keyring of its directory, and, as in the kernel, secondary links to builtin. */
class KeyringsAreDirectoriesIT {
    private static final Path CERTIFICATE = Quickstart.trust().resolve("EXAMPLE-ONLY-NEVER-TRUST.crt");

    @TempDir
    private Path trust;

    @ParameterizedTest(name = "certificate in {0}, load asks for {1}: exit code {2}")
    @CsvSource({
        "builtin,   builtin,    0",
        "builtin,   0,          0",
        "builtin,   secondary,  0",
        "builtin,   platform,   12",
        "builtin,   user,       12",
        "secondary, builtin,    12",
        "secondary, secondary,  0",
        "secondary, 1,          0",
        "secondary, platform,   12",
        "secondary, user,       12",
        "platform,  builtin,    12",
        "platform,  secondary,  12",
        "platform,  platform,   0",
        "platform,  2,          0",
        "platform,  user,       12",
        ".,         builtin,    12",
        ".,         secondary,  12",
        ".,         platform,   12",
        ".,         user,       0",
        ".,         -4,         0",
    })
    void onlyTheKeyringAskedForCounts(String holder, String asked, int code) throws IOException {
        put(holder);
        assertThat(verify("--keyring", asked).exitCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"builtin", "secondary", "platform", "."})
    void theOnlyKeyringWithCertificatesIsTheDefault(String holder) throws IOException {
        put(holder);
        CommandLine.Result result = verify();
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    @ParameterizedTest
    @CsvSource({"builtin, platform, 12", "builtin, ., 0", "., platform, 0"})
    void amongSeveralTheUserKeyringIsTheDefault(String first, String second, int code) throws IOException {
        put(first);
        put(second);
        assertThat(verify().exitCode()).isEqualTo(code);
    }

    private void put(String keyring) throws IOException {
        Path directory = Files.createDirectories(trust.resolve(keyring).normalize());
        Files.copy(CERTIFICATE, directory.resolve("signer.crt"));
    }

    private CommandLine.Result verify(Object... options) {
        return CommandLine.bpfgate()
                .and("verify", "--trust", trust)
                .and(options)
                .run(Quickstart.program("drop_ping.insns"));
    }
}
