package org.bpfgate.command.internal.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.read.ProgramFiles;
import org.bpfgate.command.internal.read.Sample;
import org.bpfgate.command.internal.read.Tool;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LightSkeletonTest {
    private static final Path LOADER_HEADER = Path.of("/usr/include/bpf/skel_internal.h");
    private static final String EXIT = "\\x95\\0\\0\\0\\0\\0\\0\\0";
    private static final String NEWER = """
            static const char opts_data[] __attribute__((__aligned__(8))) = "\\
            \\x01\\x02\\0";
            static const char opts_insn[] __attribute__((__aligned__(8))) = "\\
            \\xb7\\0\\0\\0\\0\\0\\0\\0\\
            \\x95\\0\\0\\0\\0\\0\\0\\0";
            static const char opts_sig[] __attribute__((__aligned__(8))) = "\\
            \\x30\\x82";
            static const char opts_excl_hash[] __attribute__((__aligned__(8))) = "\\
            \\x11";
            opts.ctx = (struct bpf_loader_ctx *)skel;
            opts.signature = (void *)opts_sig;
            opts.signature_sz = sizeof(opts_sig) - 1;
            opts.excl_prog_hash = (void *)opts_excl_hash;
            opts.excl_prog_hash_sz = sizeof(opts_excl_hash) - 1;
            opts.keyring_id = skel->keyring_id;
            opts.data_sz = sizeof(opts_data) - 1;
            opts.data = (void *)opts_data;
            opts.insns_sz = sizeof(opts_insn) - 1;
            opts.insns = (void *)opts_insn;
            """;

    @TempDir
    private Path directory;

    @Test
    void theLoaderIsASyscallProgramThatIsComplete() throws Exception {
        FoundProgram found = LightSkeleton.read(Sample.file("tiny.lskel.h"));
        assertThat(found.part()).isEmpty();
        assertThat(found.label()).isEqualTo(Sample.file("tiny.lskel.h").toString());
        assertThat(found.program().name()).isEqualTo("__loader.prog");
        assertThat(found.program().type()).isEqualTo(ProgramType.SYSCALL);
        assertThat(found.program().instructions().state()).isEqualTo(RelocationState.COMPLETE);
        assertThat(found.signature()).isEmpty();
        assertThat(found.maps()).hasSize(1);
    }

    @Test
    void theNewerFormHasASignatureAndPaddedData() throws Exception {
        FoundProgram found = parse(NEWER);
        assertThat(found.maps().getFirst()).containsExactly(1, 2, 0, 0, 0, 0, 0, 0);
        assertThat(found.program().instructions().count()).isEqualTo(2);
        assertThat(found.signature().orElseThrow()).containsExactly(0x30, 0x82);
    }

    @Test
    void listsOfBytesAreReadToo() throws Exception {
        FoundProgram found = parse("""
                static const char opts_data[] = { 0x01, 2, 03, };
                static const char opts_insn[] = { 0x95, 0, 0, 0, 0, 0, 0, 0 };
                opts.data = (void *)opts_data; opts.data_sz = sizeof(opts_data);
                opts.insns = (void *)opts_insn; opts.insns_sz = sizeof(opts_insn);
                """);
        assertThat(found.maps().getFirst()).startsWith(1, 2, 3);
        assertThat(found.program().instructions().count()).isOne();
    }

    @Test
    void commentsPreprocessorLinesAndOtherStringsDoNotCount() throws Exception {
        FoundProgram found = parse("/* opts.insns = \"no\"; */ // opts.insns = 1;\n"
                + "#define unfinished \" opts.insns \\\n opts.insns = 2;\n"
                + "char quote = '\"', other = '\\''; call(\"opts.insns = 3; \\\" \");\n"
                + NEWER);
        assertThat(found.program().instructions().count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'\\1\\12\\123', '1,10,83'",
        "'\\0001', '0,49'",
        "'\\x7f\\xFF\\xa', '127,255,10'",
        "'\\\\\\\"\\''\\?', '92,34,39,63'",
        "'\\n\\t\\r\\a\\b\\f\\v', '10,9,13,7,8,12,11'",
        "'a\" /* joined */ \"b', '97,98'",
    })
    void escapesAreThoseOfC(String literal, String bytes) throws Exception {
        byte[] map = parse(header("\"" + literal + "\"", String.valueOf(bytes.split(",", -1).length), EXIT, "8"))
                .maps()
                .getFirst();
        assertThat(map).startsWith(bytes(bytes));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "octal escape that is no byte, '\"\\400\"', 1, '1:21: an escape that does not fit a byte'",
        "hexadecimal escape that is no byte, '\"\\x100\"', 1, '1:21: an escape that does not fit a byte'",
        "hexadecimal escape without digits, '\"\\xg\"', 1, '1:21: an escape without hexadecimal digits'",
        "unknown escape, '\"ab\\q\"', 1, '1:23: an unknown escape in a string literal'",
        "literal without an end, '\"ab', 1, '1:20: a string literal does not end'",
        "size that does not fit, '\"ab\"', 4, '2:16: opts.data_sz is 4, but opts.data has 3 bytes with its final zero'",
        "size that is no number, '\"ab\"', many, '2:16: expected a number'",
        "size that is no octal number, '\"ab\"', 09, '2:16: not a number from 0 to 2147483647'",
        "size that is too large, '\"ab\"', 99999999999999999999, '2:16: not a number from 0 to 2147483647'",
        "size of an unknown array, '\"ab\"', sizeof(opts_x), '2:23: expected the name of an array that is defined above'",
        "data that is an unknown array, opts_x, 1, '1:20: expected the name of an array that is defined above'",
        "data that is a number, 7, 1, '1:20: expected a string literal or a list of bytes'",
        "list element that is no byte, '{1, 256}', 1, '1:24: not a number from 0 to 255'",
        "list without a comma, '{1 2}', 1, '1:23: expected '','''",
        "list without an end, '{1, ', 1, '1:24: expected a number'",
        "comment without an end, '/* ', 1, '1:20: a comment does not end'",
        "no semicolon, '\"ab\" +', 1, '1:25: expected '';'''",
    })
    void isRefusedWithItsPlace(String defect, String data, String size, String message) {
        assertRefused("opts.data = (void*)" + data + ";\nopts.data_sz = " + size + ";\n", message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, '', 'x.h: sets no opts.insns: not a light skeleton header (bpftool gen skeleton -L)'",
        "half an instruction, 'opts.insns = \"abc\"; opts.insns_sz = 3;', 'x.h:1:14: the loader takes 3 bytes: not whole instructions'",
        "no instruction, 'opts.insns = \"\"; opts.insns_sz = 0;', 'x.h:1:14: the loader takes 0 bytes: not whole instructions'",
        "no size, 'opts.insns = \"abc\";', 'x.h:1:14: opts.insns is set, and opts.insns_sz is not'",
        "no data, 'opts.insns = \"12345678\"; opts.insns_sz = 8;', 'x.h: sets no opts.data: not a light skeleton header (bpftool gen skeleton -L)'",
        "set twice, 'opts.insns = \"a\"; opts.insns = \"b\";', 'x.h:1:24: opts.insns is set twice'",
        "defined twice, 'char opts_data[] = \"a\"; char opts_data[] = \"b\";', 'x.h:1:30: opts_data is defined twice'",
        "array without a value, 'char opts_data[];', 'x.h:1:6: opts_data has no value'",
        "array of a given size, 'char opts_data[3] = \"a\";', 'x.h:1:16: expected '']'''",
        "cast without an end, 'opts.data = (void *', 'x.h:1:20: expected '')'''",
        "negative size, 'char opts_data[] = {}; opts.insns = (void*)opts_data; opts.insns_sz = sizeof(opts_data) - 1;', 'x.h:1:71: opts.insns_sz is -1, but opts.insns has 0 bytes with its final zero'",
        "character without an end, 'char c = ''a', 'x.h:1:10: a character constant does not end'",
    })
    void aHeaderIsRefused(String defect, String source, String message) {
        assertThatThrownBy(() -> parse(source))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls", "tiny"})
    void aCompilerSeesTheSameBytes(String name) throws Exception {
        assumeTrue(Tool.isInstalled("bpftool") && Tool.isInstalled("cc"), "bpftool or cc is not installed");
        assumeTrue(Files.exists(LOADER_HEADER), LOADER_HEADER + " does not exist: libbpf-dev is not installed");
        Tool.Result made = Tool.run(
                directory,
                "sh",
                "-c",
                "PATH=$PATH:/usr/sbin bpftool gen skeleton -L \"$1\" name x >x.lskel.h",
                "sh",
                Sample.file(name + ".bpf.o").toString());
        assumeTrue(made.exitCode() == 0, "bpftool makes no skeleton: " + made.output());
        Files.copy(Sample.file("dump.c"), directory.resolve("dump.c"));
        Tool.Result compiled = Tool.run(directory, "cc", "-w", "-o", "dump", "dump.c");
        assertThat(compiled.exitCode()).as(compiled.output()).isZero();
        assertThat(Tool.run(directory, "./dump").exitCode()).isZero();
        FoundProgram found =
                ProgramFiles.read(directory.resolve("x.lskel.h"), fault -> {}).getFirst();
        assertThat(found.program().instructions().toByteArray())
                .isEqualTo(Files.readAllBytes(directory.resolve("insns")));
        byte[] data = Files.readAllBytes(directory.resolve("data"));
        assertThat(found.maps().getFirst()).startsWith(data).hasSize((data.length + 7) / 8 * 8);
    }

    private static void assertRefused(String source, String message) {
        String loader = "opts.insns = \"" + EXIT + "\"; opts.insns_sz = 8;";
        assertThatThrownBy(() -> parse(source + loader))
                .isInstanceOf(InputException.class)
                .hasMessage("x.h:" + message);
    }

    private static String header(String data, String dataSize, String insns, String insnsSize) {
        return "opts.data_sz = " + dataSize + ";\nopts.data = (void *)" + data + ";\nopts.insns_sz = " + insnsSize
                + ";\nopts.insns = (void *)\"" + insns + "\";\n";
    }

    private static FoundProgram parse(String source) throws InputException {
        return LightSkeleton.parse(Path.of("x.h"), source.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(String numbers) {
        String[] words = numbers.split(",", -1);
        byte[] bytes = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = (byte) Integer.parseInt(words[i]);
        }
        return bytes;
    }
}
