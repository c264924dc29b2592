package org.bpfgate.command.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.gate.ProbeNames;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.report.Expectation;
import org.bpfgate.integrity.IntegrityVerdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectedFileTest {
    @TempDir
    private Path directory;

    private ProbeNames probes;

    @BeforeEach
    void write() throws IOException {
        probes = new ProbeNames(Files.writeString(
                directory.resolve("probes"), "# probe=no\nprobe=libbpf-name\ntype=xdp\nprobe=isa-v3\n"));
        Files.writeString(directory.resolve("agent"), "the agent");
    }

    private Map<String, List<Expectation>> read(String text) throws IOException, InputException {
        Path file = Files.writeString(directory.resolve("expected"), text);
        return ExpectedFile.read(file, List.of("hornet", "native", "allowlist"), probes);
    }

    @Test
    void aLineHasADecisionAProgramARequesterAndVerdicts() throws Exception {
        assertThat(
                        read(
                                "# comment\n\nALLOW a.o uid=0 exe=agent unit=a.service probe=isa-v3 hornet=OK allowlist=NONE\n"))
                .containsOnlyKeys("a.o")
                .extractingByKey("a.o")
                .isEqualTo(List.of(new Expectation(
                        true,
                        "a.o",
                        Map.of("uid", "0", "exe", "agent", "unit", "a.service", "probe", "isa-v3"),
                        Map.of("hornet", IntegrityVerdict.OK, "allowlist", IntegrityVerdict.NONE))));
    }

    /** The column is that of the word. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ALOW a.o                  | 1  | expected ALLOW or DENY, found 'ALOW'
            ALLOW                     | 1  | the path of a program is missing
            ALLOW a.o uid=root        | 11 | expected a user id, uid=0 to uid=4294967295, found 'uid=root'
            ALLOW a.o uid=0 uid=1     | 17 | 'uid' is there twice
            ALLOW a.o exe=nosuch      | 11 | nosuch: the executable does not exist
            ALLOW a.o exe=.           | 11 | the executable is a directory
            ALLOW a.o exe=sha256:12   | 11 | expected 64 hexadecimal digits after exe=sha256:, found '12'
            ALLOW a.o unit=cilium     | 11 | such as unit=cilium.service, found 'unit=cilium'
            ALLOW a.o unit=a.timer    | 11 | found 'unit=a.timer'
            ALLOW a.o probe=nosuch    | 11 | there is no feature probe 'nosuch' in
            ALLOW a.o probe=libbpf-nam | 11 | did you mean 'libbpf-name'?
            ALLOW a.o probe=no        | 11 | there is no feature probe 'no'
            ALLOW a.o kernel=yes      | 11 | expected kernel=true or kernel=false, found 'kernel=yes'
            ALLOW a.o kernel=true uid=0 | 7 | the kernel itself has no uid, exe and unit
            ALLOW a.o licence=GPL     | 11 | did you mean 'license'?
            ALLOW a.o hornet=FINE     | 11 | found 'hornet=FINE'; a verdict is one of
            ALLOW a.o hornet=ok       | 11 | found 'hornet=ok'; a verdict is one of
            ALLOW a.o hornt=OK        | 11 | did you mean 'hornet'?
            ALLOW a.o ipe=OK          | 11 | found 'ipe=OK'
            ALLOW a.o hornet=OK hornet=BADSIG | 21 | 'hornet' is there twice
            ALLOW a.o word            | 11 | found 'word'
            """)
    void aWrongWordIsToldWithItsPlace(String line, int column, String message) {
        assertThatThrownBy(() -> read("DENY a.o\n" + line + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(directory.resolve("expected") + ":2:" + column + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void anyProbeIsOne() throws Exception {
        assertThat(read("ALLOW a.o probe=TRUE\nDENY a.o probe=false\n").get("a.o"))
                .hasSize(2);
    }

    @Test
    void withoutTheListOfProbesNoneIsKnown() {
        probes = new ProbeNames(directory.resolve("none"));
        assertThatThrownBy(() -> read("ALLOW a.o probe=isa-v3\n"))
                .isInstanceOf(InputException.class)
                .hasMessage(directory.resolve("none") + ": does not exist");
    }
}
