package org.bpfgate.kernel.internal.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfgate.kernel.internal.seccomp.ClassicBpf.Call;
import org.bpfgate.kernel.internal.syscall.Architecture;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter in front of bpf(2), run instruction by instruction: no command word passes that the gate has to see. */
class SeccompFilterTest {
    private static final int KNOWN = BpfCommand.count();
    private static final int PROG_LOAD = Syscalls.Bpf.PROG_LOAD.number();

    /** What the gate mediates: loads only, what the modules that ship want, the first and last command, and everything. */
    static Stream<Set<Integer>> mediated() {
        return Stream.of(
                Set.of(PROG_LOAD),
                Set.of(PROG_LOAD, Syscalls.Bpf.OBJ_GET.number(), Syscalls.Bpf.PROG_GET_FD_BY_ID.number()),
                Set.of(PROG_LOAD, 0, KNOWN - 1),
                IntStream.range(0, KNOWN).boxed().collect(Collectors.toSet()));
    }

    private static ClassicBpf filter(Architecture machine, Set<Integer> mediated) {
        int[] numbers = mediated.stream().mapToInt(Integer::intValue).toArray();
        return new ClassicBpf(SeccompFilter.instructions(machine, KNOWN, numbers));
    }

    /** By the promise, not by the program: a known command that is not mediated passes, with or without the one known flag. */
    private static boolean mayPass(long word, Set<Integer> mediated) {
        long command = word & ~(1L << 16);
        return command >= 0 && command < KNOWN && !mediated.contains((int) command);
    }

    private static void expect(ClassicBpf filter, Architecture machine, long word, Set<Integer> mediated) {
        int result = filter.run(new Call(machine.numbers().bpf(), machine.audit(), word));
        int expected = mayPass(word, mediated) ? SeccompFilter.ALLOW : SeccompFilter.USER_NOTIF;
        if (result != expected) {
            throw new AssertionError("command word 0x" + Long.toHexString(word) + ": 0x" + Integer.toHexString(result));
        }
    }

    @ParameterizedTest
    @MethodSource("mediated")
    void everyKnownCommandWithEverySingleBitFlippedIsSeenUnlessItIsKnownAndNotMediated(Set<Integer> mediated) {
        for (Architecture machine : Architecture.values()) {
            ClassicBpf filter = filter(machine, mediated);
            for (long command = 0; command < KNOWN; command++) {
                expect(filter, machine, command, mediated);
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    expect(filter, machine, command ^ (1L << bit), mediated);
                    expect(filter, machine, command ^ (1L << 16) ^ (1L << bit), mediated);
                }
            }
        }
    }

    /** Half of them near the known commands, where a fault would be. */
    @ParameterizedTest
    @MethodSource("mediated")
    void ofAMillionRandomWordsNoneIsUnseen(Set<Integer> mediated) {
        ClassicBpf filter = filter(Architecture.X86_64, mediated);
        Random random = new Random(6);
        for (int i = 0; i < 1_000_000; i++) {
            long word = i % 2 == 0 ? random.nextLong() : random.nextInt(64) | (1L << random.nextInt(Long.SIZE));
            expect(filter, Architecture.X86_64, word, mediated);
        }
    }

    @Test
    void anX32CallOfBpfIsSeenWhateverTheCommandIs() {
        ClassicBpf filter = filter(Architecture.X86_64, Set.of(PROG_LOAD));
        for (long command = 0; command < KNOWN; command++) {
            assertThat(filter.run(new Call(0x40000000 | 321, Architecture.X86_64.audit(), command)))
                    .isEqualTo(SeccompFilter.USER_NOTIF);
        }
        assertThat(filter.run(new Call(0x40000000 | 1, Architecture.X86_64.audit(), PROG_LOAD)))
                .as("write(2) the same way")
                .isEqualTo(SeccompFilter.ALLOW);
    }

    @ParameterizedTest
    @EnumSource
    void a32BitCallOfBpfIsSeenAndOthersPass(Architecture machine) {
        ClassicBpf filter = filter(machine, Set.of(PROG_LOAD));
        for (long command = 0; command < KNOWN; command++) {
            assertThat(filter.run(new Call(machine.compatBpf(), machine.compatAudit(), command)))
                    .isEqualTo(SeccompFilter.USER_NOTIF);
        }
        assertThat(filter.run(new Call(machine.numbers().bpf(), machine.compatAudit(), PROG_LOAD)))
                .as("another system call there")
                .isEqualTo(SeccompFilter.ALLOW);
    }

    @ParameterizedTest
    @EnumSource
    void anArchitectureThatTheMachineDoesNotHaveIsRefused(Architecture machine) {
        ClassicBpf filter = filter(machine, Set.of(PROG_LOAD));
        List<Integer> own = List.of(machine.audit(), machine.compatAudit());
        for (int other : new int[] {0, -1, 0xc0000016, 0x40000028, 0xc00000b7, 0xc000003e, 0x40000003}) {
            if (!own.contains(other)) {
                for (int number : new int[] {0, machine.numbers().bpf(), machine.compatBpf()}) {
                    assertThat(filter.run(new Call(number, other, PROG_LOAD)))
                            .isEqualTo(SeccompFilter.ERRNO | Errnos.EPERM);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherSystemCallPasses(Architecture machine) {
        ClassicBpf filter = filter(machine, Set.of(PROG_LOAD));
        for (int number = -1; number < 1024; number++) {
            if (number != machine.numbers().bpf()) {
                assertThat(filter.run(new Call(number, machine.audit(), PROG_LOAD)))
                        .isEqualTo(SeccompFilter.ALLOW);
            }
        }
    }

    /** {@code struct sock_fprog}: a count and a pointer. What the kernel makes of it, the tests with the kernel show. */
    @Test
    void theProgramHasTheLengthOfWhatWasInterpreted() {
        try (NativeScope scope = NativeScope.open()) {
            int length = SeccompFilter.instructions(Architecture.X86_64, KNOWN, PROG_LOAD)
                    .size();
            NativeBuffer program = SeccompFilter.program(Architecture.X86_64, scope, KNOWN, PROG_LOAD);
            assertThat(program.getShort(0)).isEqualTo((short) length);
            assertThat(program.getLong(8)).isNotZero();
        }
    }
}
