package org.bpfgate.kernel.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list of probes is read whole or refused with its place and what to do. */
class FeatureProbeReaderTest {
    private static final String HEAD = "format=bpfgate-feature-probes 1\nversion=2026-01-01\n";
    private static final String DIGEST = "digest=59f4a931744dcdc62944a018ed3990e666ec6444616418d3b09a82dc5c753d52\n";
    private static final String ENTRY =
            "probe=a\nsource=here\ntype=xdp\ninstructions=b700000000000000 9500000000000000\n" + DIGEST;

    private static FeatureProbes read(String text) throws FeatureProbeException {
        return FeatureProbes.read("list", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aListHasAVersionAndEntries() throws FeatureProbeException {
        FeatureProbes probes = read("# comment\n\n" + HEAD + "\n" + ENTRY);
        assertThat(probes.version()).isEqualTo("2026-01-01");
        assertThat(probes.all()).hasSize(1);
    }

    @Test
    void aDigestIsWrittenAsListsAndPoliciesWriteIt() throws FeatureProbeException {
        assertThat(read(HEAD + ENTRY.replace("digest=", "digest=sha256:")).all())
                .hasSize(1);
    }

    @Test
    void aListMayBeEmpty() throws FeatureProbeException {
        assertThat(read(HEAD).all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|list: is no list of feature probes; it begins with \"format=bpfgate-feature-probes 1\" and \"version=DATE\"",
                "format=2\\n|list:1: expected \"format=bpfgate-feature-probes 1\", found \"format=2\"",
                "format=bpfgate-feature-probes 1\\nprobe=a|list:2: expected \"version=DATE\", found \"probe=a\"",
                "\u00e9|list:1: the character at column 1 is not plain ASCII",
            })
    void whatIsNoListIsRefused(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n"))).hasMessageStartingWith(message);
    }

    @Test
    void linesOfWindowsAreNamed() {
        assertThatThrownBy(() -> read(HEAD.replace("\n", "\r\n")))
                .hasMessage("list:1: the character at column 32 is not plain ASCII; end lines with a line feed alone");
    }

    /** A line is added to the entry, so that the entry's own lines begin at line 5, or takes the place of the line of that key. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add|maker=me|list:4: unknown key \"maker\"; an entry has source=, type=, name=, attach=, flags=, target=,"
                        + " functions=, map=, instructions=, digest=",
                "add|type=xdp|list:6: the probe a has \"type=\" twice; remove one",
                "add|name=a-b|list:4: \"a-b\" is no name of a program: up to 15 letters, digits, \"_\" and \".\", or a"
                        + " beginning and \"*\"",
                "add|attach=tc|list:4: \"tc\" is no attach type; write it as policies do, such as trace_fentry, or none",
                "add|flags=token_fd|list:4: \"token_fd\" is not a flag of a load, such as sleepable",
                "add|target=none|list:4: \"none\" is not btf or program; leave the line out for a program without a target",
                "add|functions=0|list:4: \"0\" is not a number of functions from 1 to 99",
                "add|map=array 4 4 1|list:4: \"array 4 4 1\" is not a map such as \"array key=4 value=32 entries=1\"",
                "add|map=unspec key=1 value=1 entries=1|list:4: \"unspec key=1 value=1 entries=1\" is not a map such as"
                        + " \"array key=4 value=32 entries=1\"",
                "add|map=array key=4 value=4 entries=1|list:7: the entry has \"map=\", but its instructions refer to none",
                "probe=a|probe=A|list:3: the name of a probe has up to 64 lower-case letters, digits and \"-\", found \"A\"",
                "source=here|# no|list:3: the probe a has no \"source=\"",
                "type=xdp|# no|list:3: the probe a has no \"type=\"",
                "type=xdp|type=tc|list:5: \"tc\" is no type of program; write it as bpftool does, such as xdp",
                "type=xdp|type=xdp,|list:5: \"\" is no type of program; write it as bpftool does, such as xdp",
                "type=xdp|type|list:5: expected key=value, found \"type\"",
            })
    void aWrongLineIsNamed(String place, String line, String message) {
        String text = place.equals("add") ? ENTRY.replace("source=", line + "\nsource=") : ENTRY.replace(place, line);
        assertThatThrownBy(() -> read(HEAD + text)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b7|list:6: \"b7\" is no instruction: 16 lower-case hexadecimal digits, ******** for any immediate, xN to repeat",
                "B700000000000000|list:6: \"B700000000000000\" is no instruction: 16 lower-case hexadecimal digits, ******** for any"
                        + " immediate, xN to repeat",
                "b7000000********|list:6: \"b7000000********\": only the immediate of a call of a helper or kfunc may vary",
                "85100000********|list:6: \"85100000********\": only the immediate of a call of a helper or kfunc may vary",
                "9500000000000000x8193|list:6: a probe has 8192 instructions at most",
                "1811000001000000 0000000000000000|list:6: the descriptor of a map is written as 00000000",
                "1811000000000000 0000000000000000|list:6: the instructions refer to a map, so the entry needs \"map=\"",
                "85000000********|list:7: instructions with \"*\" have no digest; remove the line",
                "9500000000000000|list:7: the instructions above have the digest",
            })
    void wrongInstructionsAreNamed(String code, String message) {
        String text = HEAD + ENTRY.replace("b700000000000000 9500000000000000", code);
        assertThatThrownBy(() -> read(text)).hasMessageStartingWith(message);
    }

    @Test
    void aDigestIsGivenWhereThereIsOne() {
        assertThatThrownBy(() -> read(HEAD + ENTRY.replace(DIGEST, "")))
                .hasMessage("list:6: the entry lacks \"" + DIGEST.strip() + "\"");
    }

    @Test
    void namesAreThereOnce() {
        assertThatThrownBy(() -> read(HEAD + ENTRY + ENTRY))
                .hasMessage("list:8: the probe a is there twice; rename one");
    }

    @Test
    void theListThatShipsCanBeIncluded() throws FeatureProbeException {
        int shipped = FeatureProbes.shipped().all().size();
        FeatureProbes both = read(HEAD + "include=shipped\n" + ENTRY);
        assertThat(both.version()).isEqualTo("2026-01-01");
        assertThat(both.all())
                .hasSize(shipped + 1)
                .containsAll(FeatureProbes.shipped().all());
        assertThat(read(HEAD + "\n# nothing of mine\ninclude=shipped\n").all()).hasSize(shipped);
        assertThat(read(HEAD + ENTRY).all()).hasSize(1);
    }

    @Test
    void aNameOfTheListThatShipsIsRefusedBesideIt() throws FeatureProbeException {
        String taken = FeatureProbes.shipped().all().getFirst().name();
        String entry = ENTRY.replace("probe=a", "probe=" + taken);
        assertThat(read(HEAD + entry).all()).hasSize(1);
        assertThatThrownBy(() -> read(HEAD + "include=shipped\n" + entry))
                .hasMessage("list:4: the probe " + taken + " is in the list that ships too; rename this one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include=other\\n|list:3: expected \"include=shipped\", found \"include=other\"",
                "include=\\n|list:3: expected \"include=shipped\", found \"include=\"",
                "include=shipped\\ninclude=shipped\\n|list:4: \"include=shipped\" is there twice; remove one",
                "ENTRYinclude=shipped\\n|list:8: \"include=shipped\" stands above the first \"probe=\"",
            })
    void aWrongIncludeIsNamed(String lines, String message) {
        String text = HEAD + lines.replace("\\n", "\n").replace("ENTRY", ENTRY);
        assertThatThrownBy(() -> read(text)).hasMessage(message);
    }

    @Test
    void keysBelongToAnEntry() {
        assertThatThrownBy(() -> read(HEAD + "type=xdp\n"))
                .hasMessage("list:3: \"type=\" stands before the first \"probe=\"");
    }

    @Test
    void aFileThatIsTooBigIsNotRead() {
        assertThatThrownBy(() -> FeatureProbes.read("list", new byte[(1 << 20) + 1]))
                .hasMessage("list: has 1048577 bytes; a list of probes has 1048576 at most");
    }
}
