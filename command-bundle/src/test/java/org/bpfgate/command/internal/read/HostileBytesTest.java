package org.bpfgate.command.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.command.internal.elf.ElfPrograms;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.skeleton.LightSkeleton;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, a reader gives programs or an InputException; everything else fails these tests. */
class HostileBytesTest {
    private static final Path NAME = Path.of("hostile");

    @ParameterizedTest
    @ValueSource(strings = {"tiny.bpf.o", "legacy.bpf.o"})
    void anObjectCutAnywhereIsRefused(String sample) {
        byte[] good = Sample.bytes(sample);
        for (int length = 0; length < good.length; length++) {
            assertThat(readsElf(Arrays.copyOf(good, length)))
                    .as("cut at %d", length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.bpf.o", "settings.bpf.o", "kernel.bpf.o", "legacy.bpf.o"})
    void anObjectWithOneWrongByteGivesProgramsOrOneLine(String sample) {
        byte[] bytes = Sample.bytes(sample);
        for (int at = 0; at < bytes.length; at++) {
            byte good = bytes[at];
            for (int wrong : new int[] {0, 1, 0x7f, 0x80, 0xff, good ^ 0x10, good + 1}) {
                bytes[at] = (byte) wrong;
                readsElf(bytes);
            }
            bytes[at] = good;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.lskel.h"})
    void aSkeletonCutAnywhereGivesAProgramOrOneLine(String sample) {
        byte[] good = Sample.bytes(sample);
        int whole = 0;
        for (int length = 0; length < good.length; length++) {
            whole += readsSkeleton(Arrays.copyOf(good, length)) ? 1 : 0;
        }
        // Only what follows the last statement that counts may be missing.
        assertThat(whole).isPositive().isLessThan(good.length / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.lskel.h"})
    void aSkeletonWithOneWrongByteGivesAProgramOrOneLine(String sample) {
        byte[] bytes = Sample.bytes(sample);
        for (int at = 0; at < bytes.length; at++) {
            byte good = bytes[at];
            for (int wrong : new int[] {0, '"', '\\', '\n', '{', '0', 0xff}) {
                bytes[at] = (byte) wrong;
                readsSkeleton(bytes);
            }
            bytes[at] = good;
        }
    }

    static boolean readsElf(byte[] bytes) {
        try {
            List<FoundProgram> programs = ElfPrograms.parse(NAME, bytes, fault -> {});
            assertThat(programs).isNotEmpty();
            return true;
        } catch (InputException e) {
            assertThat(e.getMessage()).startsWith("hostile: ").doesNotContain("\n", "Exception", "null");
            return false;
        }
    }

    static boolean readsSkeleton(byte[] bytes) {
        try {
            LightSkeleton.parse(NAME, bytes);
            return true;
        } catch (InputException e) {
            assertThat(e.getMessage()).startsWith("hostile:").doesNotContain("\n", "Exception", "null");
            return false;
        }
    }
}
