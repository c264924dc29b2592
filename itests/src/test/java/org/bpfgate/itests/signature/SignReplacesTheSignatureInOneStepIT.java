package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.itests.OpenSsl.Kind.P256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignReplacesTheSignatureInOneStepIT {
    @TempDir
    private Path keys;

    @TempDir
    private Path directory;

    private OpenSsl.Signer signer;
    private Path program;

    @BeforeEach
    void makeKeyAndProgram() throws IOException {
        signer = OpenSsl.signer(keys, "signer", P256);
        program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
    }

    @Test
    void theSignatureIsWrittenBesideTheProgram() throws IOException {
        CommandLine.Result result = sign(signer);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).isEqualTo(directory + "/p.insns.p7s: signature of " + program + " and 0 maps\n");
        assertThat(files()).containsExactly("p.insns", "p.insns.p7s");
    }

    @Test
    void theJsonFormTellsWhatWasSigned() throws IOException {
        String json = sign(signer, "--format", "json").stdout();
        assertThat(json)
                .contains("\"path\" : \"" + program + "\"", "\"contract\" : \"hornet\"", "\"maps\" : 0")
                .contains("\"signature\" : \"" + program + ".p7s\"", "\"digest\" : \"sha256:");
    }

    @Test
    void anotherPlaceCanBeNamed() throws IOException {
        Path other = keys.resolve("other.p7s");
        assertThat(sign(signer, "-o", other).exitCode()).isZero();
        assertThat(other).isRegularFile();
        assertThat(files()).containsExactly("p.insns");
    }

    /** A reader of the old file goes on reading the old bytes: the new ones came under its name by a rename. */
    @Test
    void whoReadsTheOldSignatureReadsAllOfIt() throws IOException {
        Path target = Files.writeString(directory.resolve("p.insns.p7s"), "old");
        Path reader = Files.createLink(keys.resolve("held-open"), target);
        assertThat(sign(signer).exitCode()).isZero();
        assertThat(reader).hasContent("old");
        assertThat(Files.size(target)).isGreaterThan(3);
        assertThat(files()).containsExactly("p.insns", "p.insns.p7s");
    }

    @Test
    void aFailureLeavesTheOldSignatureAndNothingElse() throws IOException {
        Path target = Files.writeString(directory.resolve("p.insns.p7s"), "old");
        OpenSsl.Signer mixed = new OpenSsl.Signer(
                signer.key(), OpenSsl.signer(keys, "other", P256).certificate());
        CommandLine.Result result = sign(mixed);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(target).hasContent("old");
        assertThat(files()).containsExactly("p.insns", "p.insns.p7s");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsOneLine() {
        Path nowhere = directory.resolve("missing/p7s");
        CommandLine.Result result = sign(signer, "-o", nowhere);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics())
                .containsExactly(
                        "bpfgate: " + nowhere + ": cannot be written: there is no directory " + nowhere.getParent());
    }

    private CommandLine.Result sign(OpenSsl.Signer by, Object... options) {
        return CommandLine.bpfgate()
                .and("sign", "--key", by.key(), "--cert", by.certificate())
                .and(options)
                .run(program);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
