package org.bpfgate.command.internal.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.read.ElfPatch;
import org.bpfgate.command.internal.read.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One defect each. In tiny.bpf.o section 2 is .text, 3 its relocations, 4 xdp, 5 its relocations, 6 .maps, 12 .symtab. */
class MalformedElfTest {
    private static final int KERNEL_SETTING = 3;
    private static final int NEEDS_NOTHING = 6;
    private static final byte BIG_ENDIAN = 2;
    private static final byte CLASS_32 = 1;
    private static final short X86_64 = 62;
    private static final int LOCAL_FUNCTION = 2;
    private static final int GLOBAL_SECTION = 0x13;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"headers", "sections", "symbols", "relocations", "code", "types"})
    void isRefusedWithOneLine(String defect, ElfPatch patch, String message) {
        assertThat(faults(patch.bytes())).containsExactly("x.o: " + message);
    }

    /** What is refused: the whole object, or each program that cannot be read while others can. */
    private static List<String> faults(byte[] object) {
        List<String> faults = new ArrayList<>();
        try {
            ElfPrograms.parse(Path.of("x.o"), object, fault -> faults.add(fault.getMessage()));
        } catch (InputException e) {
            faults.add(e.getMessage());
        }
        return faults;
    }

    @Test
    void aHeaderThatIsCutOffIsRefused() {
        byte[] cut = Arrays.copyOf(Sample.bytes("tiny.bpf.o"), 63);
        assertThatThrownBy(() -> ElfPrograms.parse(Path.of("x.o"), cut, fault -> {}))
                .isInstanceOf(InputException.class)
                .hasMessage("x.o: the ELF file is cut off in its header");
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                of("32-bit", tiny().header(4, CLASS_32), "the ELF file is not a 64-bit one, as BPF objects are"),
                of(
                        "big-endian",
                        tiny().header(5, BIG_ENDIAN),
                        "the ELF file is big-endian; only little-endian BPF objects are read"),
                of("unknown version", tiny().header(6, (byte) 2), "the ELF file has an unknown ELF version"),
                of("executable", tiny().header(16, (short) 2), "the ELF file is not a relocatable object"),
                of("other machine", tiny().header(18, X86_64), "the ELF file is for machine 62, not for BPF (247)"),
                of("no section table", tiny().header(60, (short) 0), "the ELF file has no section table"),
                of(
                        "too many sections",
                        tiny().header(60, (short) 0x8000),
                        "the ELF file has 32768 sections, more than 32767"),
                of(
                        "odd section headers",
                        tiny().header(58, (short) 40),
                        "the ELF file has section headers of 40 bytes, not 64"),
                of(
                        "section table behind the end",
                        tiny().header(40, 1L << 40),
                        "the ELF file has 2488 bytes, too few for 832 at offset 1099511627776"),
                of(
                        "section table at a negative offset",
                        tiny().header(40, -1L),
                        "the ELF file has 2488 bytes, too few for 832 at offset 18446744073709551615"),
                of(
                        "no names of sections",
                        tiny().header(62, (short) 13),
                        "the ELF file names a section for names that it does not have"),
                of(
                        "names of sections in code",
                        tiny().header(62, (short) 2),
                        "the ELF file has no string table for the file header"),
                of(
                        "program headers",
                        tiny().header(56, (short) 1),
                        "the ELF file has program headers, which a relocatable object does not have"));
    }

    static Stream<Arguments> sections() {
        return Stream.of(
                of(
                        "behind the end",
                        tiny().section(2, ElfPatch.SH_OFFSET, 4000L),
                        "the ELF file has 2488 bytes, too few for 88 at offset 4000"),
                of(
                        "larger than the file",
                        tiny().section(2, ElfPatch.SH_SIZE, Long.MAX_VALUE),
                        "the ELF file has 2488 bytes, too few for 9223372036854775807 at offset 64"),
                of(
                        "overlapping",
                        tiny().section(2, ElfPatch.SH_SIZE, 2000L).section(4, ElfPatch.SH_SIZE, 2000L),
                        "the ELF file has sections that overlap"),
                of(
                        "two symbol tables",
                        tiny().section(3, ElfPatch.SH_TYPE, 2)
                                .section(3, ElfPatch.SH_SIZE, 0L)
                                .section(3, ElfPatch.SH_ENTSIZE, 24L),
                        "the ELF file has 2 symbol tables, not one"),
                of(
                        "no symbol table",
                        tiny().section(12, ElfPatch.SH_TYPE, 1),
                        "the ELF file has 0 symbol tables, not one"),
                of(
                        "symbols of no size",
                        tiny().section(12, ElfPatch.SH_ENTSIZE, 0L),
                        "the ELF file has entries in section 12 that are not of 24 bytes"),
                of(
                        "half a relocation",
                        tiny().section(3, ElfPatch.SH_SIZE, 8L),
                        "the ELF file has entries in section 3 that are not of 16 bytes"),
                of(
                        "name behind the end",
                        tiny().section(2, 0, 4000),
                        "the string table of the file header has 100 bytes, too few for 1 at offset 4000"),
                of(
                        "name without an end",
                        tiny().contents(1, 99, (byte) 'x').section(2, 0, 99),
                        "the string table of the file header has a name at offset 99 that does not end"),
                of(
                        "no names of symbols",
                        tiny().section(12, ElfPatch.SH_LINK, 2),
                        "the ELF file has no string table for the symbol table"));
    }

    static Stream<Arguments> symbols() {
        return Stream.of(
                of(
                        "in a section that does not exist",
                        tiny().symbol(5, ElfPatch.ST_SHNDX, (short) 99),
                        "the ELF file has symbol 5 in section 99 of 13"),
                of(
                        "name behind the end",
                        tiny().symbol(5, ElfPatch.ST_NAME, -1),
                        "the string table of the symbol table has 100 bytes, too few for 1 at offset 4294967295"),
                of(
                        "crosses the end of its section",
                        tiny().symbol(5, ElfPatch.ST_SIZE, 32L),
                        "section xdp has 24 bytes, too few for 32 at offset 0"),
                of(
                        "half an instruction",
                        tiny().symbol(5, ElfPatch.ST_SIZE, 20L),
                        "section xdp has function tiny, which is not whole instructions"),
                of(
                        "no instruction",
                        tiny().symbol(5, ElfPatch.ST_SIZE, 0L),
                        "section xdp has function tiny, which is not whole instructions"),
                of(
                        "starts inside an instruction",
                        tiny().symbol(5, ElfPatch.ST_VALUE, 4L),
                        "section xdp has function tiny, which is not whole instructions"),
                of(
                        "half an instruction in a sub-program",
                        tiny().symbol(3, ElfPatch.ST_SIZE, 84L),
                        "section .text has function callee, which is not whole instructions"),
                of(
                        "overlapping functions",
                        tiny().symbol(4, ElfPatch.ST_INFO, (byte) LOCAL_FUNCTION)
                                .symbol(4, ElfPatch.ST_SIZE, 8L),
                        "section .text has functions callee and LBB1_2 in the same place"));
    }

    static Stream<Arguments> relocations() {
        return Stream.of(
                of(
                        "of a section that does not exist",
                        tiny().section(5, ElfPatch.SH_INFO, 99),
                        "section .relxdp applies to section 99, which does not exist"),
                of(
                        "behind the end",
                        tiny().contents(5, ElfPatch.R_OFFSET, 24L),
                        "section xdp has a relocation at offset 24"),
                of(
                        "inside an instruction",
                        tiny().contents(5, ElfPatch.R_OFFSET, 12L),
                        "section xdp has a relocation at offset 12"),
                of(
                        "of an instruction without an address",
                        tiny().contents(5, ElfPatch.R_OFFSET, 16L),
                        "function tiny has a relocation of instruction 2, which takes no address"),
                of(
                        "of a symbol that does not exist",
                        tiny().contents(5, ElfPatch.R_SYMBOL, 7),
                        "the ELF file refers to symbol 7 of 7"),
                of(
                        "of a symbol with a negative index",
                        tiny().contents(5, ElfPatch.R_SYMBOL, -1),
                        "the ELF file refers to symbol 4294967295 of 7"),
                of(
                        "call outside of .text",
                        tiny().contents(5, ElfPatch.R_SYMBOL, 6),
                        "function tiny calls one, which is not a function"),
                of(
                        "map in a section of code",
                        tiny().contents(3, ElfPatch.R_SYMBOL, 2).symbol(2, ElfPatch.ST_INFO, (byte) GLOBAL_SECTION),
                        "function callee refers to section xdp, which is neither maps nor data"),
                of(
                        "the program itself",
                        tiny().contents(3, ElfPatch.R_SYMBOL, 5),
                        "function callee refers to the program itself at instruction 3"),
                of(
                        "a function by an offset from its symbol",
                        tiny().contents(5, ElfPatch.R_SYMBOL, 3).contents(4, 12, 10),
                        "function tiny calls callee at instruction 1 with an offset, as gcc 12 writes it, and no loader"
                                + " links that; compile it with clang, or make callee static"),
                of(
                        "symbol without a section",
                        tiny().symbol(6, ElfPatch.ST_SHNDX, (short) 0xfff1),
                        "function callee refers to one, which is in no section"));
    }

    static Stream<Arguments> code() {
        return Stream.of(
                of(
                        "call of no function",
                        tiny().contents(4, 12, 100),
                        "function tiny refers to no function at instruction 1"),
                of(
                        "call before the first function",
                        tiny().contents(4, 12, -5),
                        "function tiny refers to no function at instruction 1"),
                of(
                        "address of no function",
                        tiny().contents(4, 0, (byte) 0x18).contents(4, 1, (byte) 0x40),
                        "function tiny takes the address of no function at instruction 0"),
                of(
                        "load that is cut off",
                        new ElfPatch("legacy.bpf.o")
                                .contents(3, 104, (byte) 0x18)
                                .contents(4, ElfPatch.R_OFFSET, 104L),
                        "function old_program ends in the middle of a 64-bit load"),
                of(
                        "only static functions",
                        new ElfPatch("lone.bpf.o").symbol(2, ElfPatch.ST_INFO, (byte) LOCAL_FUNCTION),
                        "the ELF file holds no program"),
                of(
                        "two programs of one name",
                        new ElfPatch("settings.bpf.o").copySymbol(KERNEL_SETTING, NEEDS_NOTHING, ElfPatch.ST_NAME),
                        "section socket has a second program named kernel_setting"));
    }

    static Stream<Arguments> types() {
        return Stream.of(
                of(
                        "no magic in .BTF",
                        tiny().contents(7, 0, (short) 0),
                        "section .BTF does not start with a BTF header of version 1"),
                of(
                        "no magic in .BTF.ext",
                        tiny().contents(9, 0, (short) 0),
                        "section .BTF.ext does not start with a BTF.ext header of version 1"),
                of(
                        "CO-RE records behind the end",
                        tiny().contents(9, 28, 1 << 20),
                        "section .BTF.ext has 200 bytes, too few for 1048576 at offset 200"));
    }

    private static ElfPatch tiny() {
        return new ElfPatch("tiny.bpf.o");
    }

    private static Arguments of(String defect, ElfPatch patch, String message) {
        return arguments(defect, patch, message);
    }
}
