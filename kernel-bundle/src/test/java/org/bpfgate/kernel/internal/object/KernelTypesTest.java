package org.bpfgate.kernel.internal.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTypesTest {
    private static final int FUNC = 12;
    private static final int TYPEDEF = 8;
    private static final int STRUCT = 4;

    @TempDir
    private Path directory;

    /** BTF whose types have these kinds, and names at these offsets. */
    private static byte[] btf(String strings, int... kindsAndNames) throws IOException {
        ByteBuffer types = ByteBuffer.allocate(1000).order(ByteOrder.nativeOrder());
        for (int i = 0; i < kindsAndNames.length; i += 2) {
            int members = kindsAndNames[i] == STRUCT ? 2 : 0;
            types.putInt(kindsAndNames[i + 1])
                    .putInt((kindsAndNames[i] << 24) | members)
                    .putInt(0);
            // The names of members are those of the first two types.
            for (int member = 0; member < members; member++) {
                types.putInt(kindsAndNames[(2 * member + 1) % kindsAndNames.length])
                        .putInt(0)
                        .putInt(0);
            }
        }
        byte[] texts = strings.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        header.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
        header.putInt(0).putInt(types.position()).putInt(types.position()).putInt(texts.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header.array());
        out.write(types.array(), 0, types.position());
        out.write(texts);
        return out.toByteArray();
    }

    @Test
    void namesTypesOfTheKernelAndOfModules() throws IOException {
        Files.write(directory.resolve("vmlinux"), btf("\0first\0second\0", STRUCT, 1, FUNC, 7, TYPEDEF, 0));
        Files.write(directory.resolve("nf"), btf("\0third\0", FUNC, 14 + 1, FUNC, 7, TYPEDEF, 99));
        KernelTypes types = new KernelTypes(directory);
        assertThat(types.nameOf("", 1)).contains("first");
        assertThat(types.nameOf("", 2)).contains("second");
        assertThat(types.nameOf("", 0)).isEmpty();
        assertThat(types.nameOf("", 3)).as("without a name").isEmpty();
        assertThat(types.nameOf("", 4)).isEmpty();
        assertThat(types.nameOf("nf", 2)).contains("second");
        assertThat(types.nameOf("nf", 4)).contains("third");
        assertThat(types.nameOf("nf", 5)).as("a name of the kernel's").contains("second");
        assertThat(types.nameOf("nf", 6)).as("a name behind the end").isEmpty();
        assertThat(types.nameOf("nf", 7)).isEmpty();
        assertThat(types.nameOf("nf", -1)).isEmpty();
        assertThat(types.nameOf("../nf", 4)).isEmpty();
        assertThat(types.nameOf("missing", 4)).isEmpty();
    }

    @Test
    void namesTheMembersOfStructures() throws IOException {
        Files.write(directory.resolve("vmlinux"), btf("\0first\0second\0", STRUCT, 1, FUNC, 7));
        Files.write(directory.resolve("nf"), btf("\0third\0", STRUCT, 14 + 1, FUNC, 7));
        KernelTypes types = new KernelTypes(directory);
        assertThat(types.memberOf("", 1, 0)).contains("first");
        assertThat(types.memberOf("", 1, 1)).contains("second");
        assertThat(types.memberOf("", 1, 2)).isEmpty();
        assertThat(types.memberOf("", 1, -1)).isEmpty();
        assertThat(types.memberOf("", 2, 0)).as("of a function").isEmpty();
        assertThat(types.memberOf("", 3, 0)).isEmpty();
        assertThat(types.memberOf("nf", 1, 1)).as("of the kernel's").contains("second");
        assertThat(types.memberOf("nf", 3, 0)).contains("third");
        assertThat(types.memberOf("nf", 3, 2)).isEmpty();
        assertThat(types.memberOf("missing", 9, 0)).isEmpty();
    }

    @Test
    void namesNothingWhereThereIsNoBtfOrABrokenOne() throws IOException {
        assertThat(new KernelTypes(directory).nameOf("", 1)).isEmpty();
        byte[] good = btf("\0first\0", STRUCT, 1);
        for (int length = 0; length < good.length; length++) {
            Files.write(directory.resolve("vmlinux"), Arrays.copyOf(good, length));
            assertThat(new KernelTypes(directory).nameOf("", 1)).isEmpty();
        }
    }

    @Test
    void namesTheFunctionsOfTheRunningKernel() {
        Path real = Path.of("/sys/kernel/btf");
        Assumptions.assumeTrue(Files.isReadable(real.resolve("vmlinux")), "this kernel shows no BTF");
        KernelTypes types = new KernelTypes(real);
        boolean found = false;
        for (int id = 1; id < 500_000 && !found; id++) {
            found = types.nameOf("", id).filter("bpf_lsm_file_open"::equals).isPresent();
        }
        assertThat(found || types.nameOf("", 1).isPresent()).isTrue();
    }
}
