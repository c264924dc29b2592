package org.bpfgate.integrity.hash.internal.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bpfgate.integrity.hash.internal.list.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EveryDefectOfAListHasItsPlaceTest {
    private static final String NO_ATTACH =
            "expected an attach type such as trace_fentry, none or a number, and a target behind"
                    + " a colon or neither, not ";
    private static final String NO_MEMBER =
            "expected attach=member:STRUCT.MEMBER, such as member:tcp_congestion_ops.ssthresh, not ";
    private static final String OF_FILES =
            "; it has the digest of a file, and a list has digests of programs: make it with \"bpfgate allowlist build\"";
    private static final String D = "0123456789abcdef".repeat(4);
    private static final String GOOD = D + "  fine\n";

    private static String misplaced(String word) {
        return word + "= stands in the name of the program; write it behind a number sign between blanks: NAME # "
                + word + "=";
    }

    private static String other(String algorithm) {
        return "this is a digest by " + algorithm
                + "; a list has SHA-256 digests of programs, 64 hexadecimal digits: make it"
                + " with \"bpfgate allowlist build\"";
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                arguments("xdp_count", "1:1: the line does not begin with a digest of 64 hexadecimal digits"),
                arguments(" " + GOOD, "1:1: blanks stand before the digest; take them away"),
                arguments("\\" + GOOD, "1:1: the line does not begin with a digest of 64 hexadecimal digits"),
                arguments(GOOD + " ", "2:1: the line does not begin with a digest of 64 hexadecimal digits"),
                arguments("012 a", "1:4: the digest has 3 hexadecimal digits, not 64"),
                arguments(D.substring(1) + "  a", "1:64: the digest has 63 hexadecimal digits, not 64"),
                arguments(D + "0  a", "1:65: the digest has 65 hexadecimal digits, not 64"),
                arguments(D + D + "  a", "1:65: " + other("SHA-512")),
                arguments(D.substring(32) + "  a", "1:33: " + other("MD5")),
                arguments(D.substring(24), "1:41: " + other("SHA-1")),
                arguments(D + D.substring(32) + "  a", "1:65: " + other("SHA-384")),
                arguments("sha1:" + D.substring(24), "1:1: " + other("SHA1")),
                arguments("0", "1:2: the digest has 1 hexadecimal digit, not 64"),
                arguments(
                        "uU0nuZNNeQbN7kuYvnqEnPvTIHqe/P4aVoEzSuiXZ0g=",
                        "1:1: this is a digest in base64; a list has 64 hexadecimal digits"),
                arguments(
                        "sha256-uU0nuZNNeQbN7kuYvnqEnPvTIHqe/P4aVoEzSuiXZ0g=  a",
                        "1:1: this is a digest in base64; a list has 64 hexadecimal digits"),
                arguments(
                        "./a.o",
                        "1:1: a path stands where a digest is wanted; \"bpfgate allowlist build --append -o LIST FILE\" lists"
                                + " the programs of a file"),
                arguments("0123A", "1:6: the digest has 5 hexadecimal digits, not 64"),
                arguments("sha256:" + D + "0  a", "1:72: the digest has 65 hexadecimal digits, not 64"),
                arguments("sha256:", "1:8: the line does not begin with a digest of 64 hexadecimal digits"),
                arguments("sha512:" + D + D, "1:1: " + other("SHA512")),
                arguments(
                        D.substring(48) + "  a",
                        "1:17: this is a tag of 16 digits; a list needs all 64 digits of the digest"),
                arguments("SHA256 (a.o) = " + D, "1:1: this is a line of \"sha256sum --tag\"" + OF_FILES),
                arguments("SHA2-256(a.o)= " + D, "1:1: this is a line of \"sha256sum --tag\"" + OF_FILES),
                arguments(
                        "/usr/lib/bpf/a b.o 4096 " + D,
                        "1:1: this is a line of fapolicyd's list of trusted files" + OF_FILES),
                arguments(D + "  a type=xdp", "1:69: " + misplaced("type")),
                arguments(D + "  type=xdp", "1:67: " + misplaced("type")),
                arguments(D + "  a #type=xdp", "1:70: " + misplaced("type")),
                arguments(D + "  a source=b # type=xdp", "1:69: " + misplaced("source")),
                arguments(D + " ", "1:66: a second space, or an asterisk, must follow the digest"),
                arguments(D + " a", "1:66: a second space, or an asterisk, must follow the digest"),
                arguments(D + "-a", "1:65: two spaces must follow the 64 digits of the digest"),
                arguments(D + "  ", "1:67: the name of the program is missing"),
                arguments(D + "   # type=xdp", "1:67: the name of the program is missing"),
                arguments(
                        D + "  a # ",
                        "1:71: expected type=TYPE, attach=ATTACH and source=TEXT, in this order, or some of them"),
                arguments(
                        D + "  a # tpye=xdp",
                        "1:71: expected type=TYPE, attach=ATTACH and source=TEXT, in this order, or some of them"),
                arguments(
                        D + "  a # type=xdp type=tc",
                        "1:80: expected type=TYPE, attach=ATTACH and source=TEXT, in this order, or some of them"),
                arguments(D + "  a # type=xpd", "1:76: there is no program type \"xpd\""),
                arguments(D + "  a # type=", "1:76: there is no program type \"\""),
                arguments(D + "  a # attach=xdp", "1:71: attach= needs a type=TYPE before it"),
                arguments(D + "  a # type=xdp attach=xpd", "1:87: " + NO_ATTACH + "\"xpd\""),
                arguments(D + "  a # type=xdp attach=65534", "1:87: " + NO_ATTACH + "\"65534\""),
                arguments(D + "  a # type=struct_ops attach=member", "1:94: " + NO_MEMBER + "\"member\""),
                arguments(D + "  a # type=struct_ops attach=member:a", "1:94: " + NO_MEMBER + "\"member:a\""),
                arguments(D + "  a # type=struct_ops attach=member:.b", "1:94: " + NO_MEMBER + "\"member:.b\""),
                arguments(D + "  a # type=struct_ops attach=member:a.", "1:94: " + NO_MEMBER + "\"member:a.\""),
                arguments(
                        D + "  a # type=xdp attach=member:a.b",
                        "1:87: members are of type=struct_ops only, not of type=xdp"),
                arguments(D + "  a # type=xdp attach=", "1:87: " + NO_ATTACH + "\"\""),
                arguments(D + "  a # type=tracing attach=trace_fentry:", "1:91: " + NO_ATTACH + "\"trace_fentry:\""),
                arguments(D + "  a # source=", "1:78: the source is empty"),
                arguments(D + "  a\0b", "1:68: invisible character U+0000"),
                arguments(D + "  a\u007fb", "1:68: invisible character U+007F"),
                arguments(
                        GOOD.replace("\n", "\r\n"),
                        "1:71: the line ends with a carriage return, as on Windows; take them away: sed -i 's/\\r$//' allowlist"),
                arguments("# a\tcomment", "1:4: invisible character U+0009"),
                arguments("\ufeff" + GOOD, "1:1: invisible character U+FEFF"),
                arguments(D + "  a\u202eb", "1:68: invisible character U+202E"),
                arguments(D + "  \udb40\udc01", "1:67: invisible character U+E0001"),
                arguments(D + "  \ud83d\ude00\u009b", "1:68: invisible character U+009B"),
                arguments(GOOD + "#" + "x".repeat(4096), "2:1: the line has more than 4096 bytes"),
                arguments("# " + "é".repeat(2048) + "\n", "1:1: the line has more than 4096 bytes"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> Lists.entries(text))
                .isInstanceOf(AllowlistException.class)
                .hasMessage("allowlist:" + message);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("ff", "1:1: not UTF-8"),
                arguments("2320c328", "1:3: not UTF-8"),
                arguments("230a23e282", "2:2: not UTF-8"),
                arguments("23c0af", "1:2: not UTF-8"),
                arguments("23eda080", "1:2: not UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void isRefusedWhenItIsNotUtf8(String hex, String message) {
        byte[] text = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> AllowlistReader.parse(Lists.LIST, text, entry -> {}))
                .isInstanceOf(AllowlistException.class)
                .hasMessage("allowlist:" + message);
    }

    /** Longer than what is read at once, by lines that do not end where a read ends. */
    @Test
    void isRefusedAtTheEndOfALongList() {
        String text = GOOD.repeat(20_000);
        assertThatThrownBy(() -> Lists.entries(text + "x".repeat(4097)))
                .hasMessage("allowlist:20001:1: the line has more than 4096 bytes");
        assertThatThrownBy(() -> Lists.entries(text + D + "  zähler" + "\n".repeat(3) + D + "-"))
                .hasMessage("allowlist:20004:65: two spaces must follow the 64 digits of the digest");
    }

    @Test
    void countsTheBytesOfALineAndNotItsLineFeed() throws AllowlistException {
        byte[] longest = ("#" + "x".repeat(4095) + "\n#").getBytes(StandardCharsets.UTF_8);
        AllowlistReader.parse(Lists.LIST, longest, entry -> {});
    }
}
