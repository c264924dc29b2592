package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are not ASCII are read in every locale, also one that is not installed; services have none. */
@ResourceLock("kernel")
class NamesOfFilesNeedNoLocaleIT {
    private static final String NAME = "pr\u00fcfung-\u691c\u67fb.o";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"LANG=C", "LC_ALL=POSIX", "LC_ALL=", "LC_ALL=xx_YY.UTF-8", "LC_CTYPE=C"})
    void aNameIsReadAndShown(String variable) throws IOException {
        Path program = Files.copy(Quickstart.program("xdp_count.o"), directory.resolve(NAME));
        CommandLine.Result result = in(variable).run("verify", "--allowlist", Quickstart.allowlist(), program);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).startsWith(program + "#xdp_count  (xdp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LANG=C", "LC_ALL=POSIX"})
    void anInstallationUnderSuchANameWorks(String variable) throws IOException {
        Path home = Files.createDirectory(directory.resolve("\u00fcber")).resolve("bpfgate");
        assertThat(CommandLine.of("cp", "-r").run(Gate.installation(), home).exitCode())
                .isZero();
        CommandLine.Result result = CommandLine.of("env", "-u", "LC_ALL", "-u", "LANG", variable)
                .and(home.resolve("bin/bpfgate"))
                .run("test", Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    /** The JVM has a locale of its own; the command has that of the user. */
    @ParameterizedTest
    @ValueSource(strings = {"LANG=C", "LC_ALL=POSIX", "LC_ALL=xx_YY.UTF-8"})
    @LoadsPrograms
    void aCommandUnderTheGateHasItsOwnLocaleAndWords(String variable) {
        Requires.that("root".equals(System.getProperty("user.name")), "a gate takes root, and this is not root");
        String tell = "env | grep -E '^(LC_|LANG)'; printf '%s' \"$1\"";
        CommandLine.Result bare =
                CommandLine.of("env", "-u", "LC_ALL", "-u", "LANG", variable).run("sh", "-c", tell, "sh", NAME);
        CommandLine.Result gated = in(variable).run("run", "--", "sh", "-c", tell, "sh", NAME);
        assertThat(gated.exitCode()).as("%s", gated).isZero();
        assertThat(gated.stdout()).isEqualTo(bare.stdout()).contains(variable, NAME);
    }

    /** Arguments are bytes, and no encoding has all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"LANG=C", "LC_ALL=C.UTF-8"})
    @LoadsPrograms
    void aCommandUnderTheGateHasItsArgumentsByteForByte(String variable) {
        Requires.that("root".equals(System.getProperty("user.name")), "a gate takes root, and this is not root");
        CommandLine.Result result = CommandLine.of("sh", "-c")
                .run("exec env -u LC_ALL " + variable + " "
                        + Gate.installation().resolve("bin/bpfgate")
                        + " run -- sh -c 'printf %s \"$1\" | od -An -tx1' sh \"$(printf 'a\\377\\303\\244')\"");
        assertThat(result.stdout()).as("%s", result).isEqualTo(" 61 ff c3 a4\n");
    }

    private static CommandLine in(String variable) {
        return CommandLine.of("env", "-u", "LC_ALL", "-u", "LANG", variable)
                .and(Gate.installation().resolve("bin/bpfgate"));
    }
}
