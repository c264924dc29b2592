package org.bpfgate.itests.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a terminal a bar shows how much of the lists is read; elsewhere nothing but the result is printed. */
class TheMakingOfAListIsShownOnATerminalOnlyIT {
    /** More than the entries between two words about the progress, 65536. */
    private static final int MANY = 150_000;

    @TempDir
    private Path directory;

    private Path many;
    private Path output;

    @BeforeEach
    void files() throws IOException {
        output = directory.resolve("list");
        many = directory.resolve("many");
        try (BufferedWriter out = Files.newBufferedWriter(many)) {
            for (int i = 0; i < MANY; i++) {
                out.write(String.format(Locale.ROOT, "%08x", i) + "0".repeat(56) + "  p\n");
            }
        }
    }

    @Test
    void aBarAndThenTheResultOnATerminal() {
        String shown = onTerminal("build", many.toString());
        String tenth = "#".repeat(17) + ".".repeat(23);
        assertThat(shown).contains("[" + tenth + "] 43 % read", "] 87 % read", "] 100 % read", "sorting and writing");
        assertThat(shown.indexOf(" 43 % read")).isLessThan(shown.indexOf(" 87 % read"));
        assertThat(shown.strip()).endsWith("\r\u001b[K" + output + ": " + MANY + " digests");
    }

    @Test
    void aMergeShowsItToo() {
        assertThat(onTerminal("merge", many + " " + many)).contains("] 21 % read", "] 50 % read", "] 100 % read");
    }

    @Test
    void aFaultStandsOnALineOfItsOwn() throws IOException {
        Files.writeString(many, Files.readString(many) + "oops\n");
        String shown = onTerminal("build", many.toString());
        assertThat(shown).contains(" 87 % read").contains("\r\u001b[Kbpfgate: " + many + ":150001:1: ");
    }

    @Test
    void nothingButTheResultElsewhere() {
        CommandLine.Result result = CommandLine.bpfgate().run("allowlist", "build", "-o", output, many);
        assertThat(result.stdout()).isEqualTo(output + ": " + MANY + " digests\n");
        assertThat(result.diagnostics())
                .containsExactly("bpfgate: warning: " + many + ": entries without a type: " + MANY + " of " + MANY
                        + "; their digests are let in as every type of program; add \"# type=TYPE\"");
    }

    /** What script(1) saw on a terminal of its own. */
    private String onTerminal(String verb, String inputs) {
        Requires.command("script");
        String command =
                Gate.installation().resolve("bin/bpfgate") + " allowlist " + verb + " -o " + output + " " + inputs;
        CommandLine.Result result = CommandLine.of("script", "--quiet", "--return", "--command", command, "/dev/null")
                .run();
        return result.stdout();
    }
}
