package org.bpfgate.policy.ipe.internal.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelFunctionsHaveTheirNamesTest {
    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");
    private static final Path BPFTOOL = Path.of("/usr/sbin/bpftool");

    @Test
    void asBpftoolPrintsThem() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(KERNEL), "this kernel has no BTF");
        Assumptions.assumeTrue(Files.isExecutable(BPFTOOL), "there is no bpftool");

        Map<Integer, String> printed = printed();

        assertThat(printed).hasSizeGreaterThan(1000);
        printed.forEach((id, name) ->
                assertThat(KernelFunctions.RUNNING.nameOf(id)).as("id %s", id).isEqualTo(name));
        assertThat(KernelFunctions.RUNNING.nameOf(0)).isNull();
        assertThat(KernelFunctions.RUNNING.nameOf(-1)).isNull();
        assertThat(KernelFunctions.RUNNING.nameOf(Integer.MAX_VALUE)).isNull();
    }

    /** Lines such as {@code [65470] FUNC 'bpf_rcu_read_lock' type_id=121 linkage=static}. */
    private static Map<Integer, String> printed() throws IOException {
        Process bpftool = new ProcessBuilder(
                        BPFTOOL.toString(), "btf", "dump", "file", KERNEL.toString(), "format", "raw")
                .start();
        Map<Integer, String> names = new TreeMap<>();
        try (BufferedReader lines = bpftool.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split("[\\[\\]' ]+", 5);
                if (words.length == 5 && words[2].equals("FUNC")) {
                    names.put(Integer.valueOf(words[1]), words[3]);
                }
            }
        }
        return names;
    }

    @Test
    void withoutTypeInformationThereAreNone(@TempDir Path directory) throws IOException {
        Path short3 = Files.write(directory.resolve("short"), new byte[] {1, 2, 3});

        assertThat(RunningKernel.read(directory.resolve("absent")).nameOf(1)).isNull();
        assertThat(RunningKernel.read(short3).nameOf(1)).isNull();
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] data) {
        byte[] marked = data.clone();
        if (marked.length > 1) {
            marked[0] = (byte) 0x9f;
            marked[1] = (byte) 0xeb;
        }
        try {
            BtfFunctions.of(marked).nameOf(1);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("BTF");
        }
    }

    @Test
    void bytesOfAnotherKindAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BtfFunctions.of(new byte[24]))
                .withMessageContaining("BTF");
    }
}
