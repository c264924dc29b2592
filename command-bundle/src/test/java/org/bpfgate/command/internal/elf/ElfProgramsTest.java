package org.bpfgate.command.internal.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.program.Opcode;
import org.bpfgate.command.internal.read.ElfPatch;
import org.bpfgate.command.internal.read.Sample;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfProgramsTest {
    @Test
    void programsComeInFileOrderWithoutTheSubprograms() throws Exception {
        assertThat(read("calls.bpf.o"))
                .extracting(found -> found.part().orElseThrow())
                .containsExactly("xdp_plain", "xdp_calls", "xdp_callback", "tc_elements", "socket_off");
    }

    @Test
    void aProgramIsLabelledWithItsFileAndName() throws Exception {
        FoundProgram first = read("tiny.bpf.o").getFirst();
        assertThat(first.label()).isEqualTo(Sample.file("tiny.bpf.o") + "#tiny");
        assertThat(first.program().name()).isEqualTo("tiny");
        assertThat(first.signature()).isEmpty();
        assertThat(first.maps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "calls.bpf.o, xdp_plain, XDP, COMPLETE, ''",
        "calls.bpf.o, xdp_calls, XDP, MAP_FDS_PENDING, the file descriptors of its maps are known only at the load",
        "calls.bpf.o, socket_off, SOCKET_FILTER, MAP_FDS_PENDING, the file descriptors of its maps are known only at the load",
        "settings.bpf.o, kernel_setting, SOCKET_FILTER, MAP_FDS_PENDING, the file descriptors of its maps are known only at the load",
        "settings.bpf.o, needs_nothing, SOCKET_FILTER, COMPLETE, ''",
        "kernel.bpf.o, core_direct, RAW_TRACEPOINT, PENDING, CO-RE relocations depend on the running kernel's types",
        "kernel.bpf.o, core_in_callee, RAW_TRACEPOINT, PENDING, CO-RE relocations depend on the running kernel's types",
        "kernel.bpf.o, kernel_variable, TRACEPOINT, PENDING, refers to the kernel symbol bpf_link_fops",
        "kernel.bpf.o, kernel_function, SCHED_CLS, PENDING, refers to the kernel symbol bpf_prog_active_function",
        "legacy.bpf.o, old_program, XDP, MAP_FDS_PENDING, the file descriptors of its maps are known only at the load",
        "legacy.bpf.o, of_no_type, UNSPEC, COMPLETE, ''",
    })
    void whatIsOpenIsSaidInWords(String file, String name, ProgramType type, RelocationState state, String reason)
            throws Exception {
        FoundProgram found = program(file, name);
        assertThat(found.program().type()).isEqualTo(type);
        assertThat(found.program().instructions().state()).isEqualTo(state);
        assertThat(found.program().instructions().pendingReason()).isEqualTo(reason);
    }

    @Test
    void onlyPendingInstructionsHaveNoDigest() throws Exception {
        assertThat(program("kernel.bpf.o", "core_direct")
                        .program()
                        .instructions()
                        .digest())
                .isEmpty();
        assertThat(program("calls.bpf.o", "xdp_calls").program().instructions().digest())
                .isPresent();
    }

    @Test
    void aFunctionInTextAloneIsNoProgram() {
        assertThatThrownBy(() -> read("lone.bpf.o"))
                .isInstanceOf(InputException.class)
                .hasMessage(Sample.file("lone.bpf.o") + ": the ELF file holds no program");
    }

    @Test
    void onlyWhereTheOrderOfSubprogramsDiffersThereAreTwo() throws Exception {
        assertThat(program("order.bpf.o", "one_order").byName()).isEmpty();
        for (String name : List.of("two_orders", "breadth")) {
            FoundProgram found = program("order.bpf.o", name);
            Instructions byName = found.byName().orElseThrow();
            assertThat(byName.count()).isEqualTo(found.program().instructions().count());
            assertThat(byName.digest())
                    .isNotEqualTo(found.program().instructions().digest());
        }
    }

    @Test
    void staticProgramsOtherNamesAndRareCodeAreRead() throws Exception {
        List<InputException> faults = new ArrayList<>();
        assertThat(ElfPrograms.read(Sample.file("strange.bpf.o"), faults::add))
                .extracting(found -> found.part().orElseThrow())
                .containsExactly(
                        "is_static",
                        "calls_rare_code",
                        "has_another_name",
                        "the_other_name",
                        "plain",
                        "of_unknown_type");
        assertThat(faults).isEmpty();
        assertThat(program("strange.bpf.o", "calls_rare_code")
                        .program()
                        .instructions()
                        .count())
                .isEqualTo(9 + 3 + 3);
    }

    @Test
    void anUnknownSectionIsNamed() throws Exception {
        assertThat(program("strange.bpf.o", "of_unknown_type").unknownSection())
                .contains("libbpf knows no section no/such/section");
        assertThat(program("strange.bpf.o", "plain").unknownSection()).isEmpty();
    }

    @Test
    void whatGccCallsByAnOffsetIsNamedAndTheOthersAreRead() throws Exception {
        List<String> faults = new ArrayList<>();
        assertThat(ElfPrograms.read(Sample.file("gcc.bpf.o"), fault -> faults.add(fault.getMessage())))
                .extracting(found -> found.part().orElseThrow())
                .containsExactly("calls_static");
        assertThat(faults)
                .containsExactly(Sample.file("gcc.bpf.o")
                        + ": function calls_global calls twice at instruction 0 with an offset, as gcc 12 writes it, and no"
                        + " loader links that; compile it with clang, or make twice static");
    }

    @Test
    void mapsAreReferredToByAFileDescriptorThatIsLeftZero() throws Exception {
        Instructions instructions =
                program("legacy.bpf.o", "old_program").program().instructions();
        assertThat(loads(instructions)).containsExactly("1 0 0", "2 0 0");
    }

    @Test
    void aVariableKeepsItsOffsetInTheSecondSlot() throws Exception {
        byte[] moved =
                new ElfPatch("legacy.bpf.o").symbol(4, ElfPatch.ST_VALUE, 16L).bytes();
        FoundProgram found =
                ElfPrograms.parse(Path.of("moved.o"), moved, fault -> {}).getFirst();
        assertThat(loads(found.program().instructions())).containsExactly("1 0 0", "2 0 16");
    }

    /** Lists the 64-bit loads as source register, first and second immediate. */
    private static List<String> loads(Instructions instructions) {
        ByteBuffer bytes = instructions.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<String> loads = new ArrayList<>();
        for (int at = 0; at < bytes.limit(); at += Instructions.SLOT_SIZE) {
            if ((bytes.get(at) & 0xff) == Opcode.LOAD_IMMEDIATE) {
                loads.add((bytes.get(at + 1) >> 4) + " " + bytes.getInt(at + 4) + " " + bytes.getInt(at + 12));
                at += Instructions.SLOT_SIZE;
            }
        }
        return loads;
    }

    private static List<FoundProgram> read(String name) throws InputException {
        return ElfPrograms.read(Sample.file(name), fault -> {});
    }

    private static FoundProgram program(String file, String name) throws InputException {
        for (FoundProgram found : read(file)) {
            if (found.program().name().equals(name)) {
                return found;
            }
        }
        throw new InputException(Path.of(file), "has no program " + name);
    }
}
