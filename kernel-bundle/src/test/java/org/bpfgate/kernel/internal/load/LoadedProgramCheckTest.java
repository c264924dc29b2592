package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.PROG_NAME;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bpfgate.kernel.internal.object.KernelTags;
import org.bpfgate.kernel.internal.object.LoadedInfo;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.Instructions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program is {@code r0 = 0; exit}, of type 1 and without maps; the tags are those that Linux 6.18 and 6.1 report. */
class LoadedProgramCheckTest {
    private static final String SHA_256_TAG = "59f4a931744dcdc6";
    private static final String SHA_1_TAG = "a04f5eef06a7f555";

    private final OwnLoad load = new OwnLoad();
    private final KernelTags tags = new KernelTags();
    private final LoadedProgramCheck view = new LoadedProgramCheck(tags);

    @BeforeEach
    void name() {
        load.attr.put(PROG_NAME, "nothing".getBytes(StandardCharsets.US_ASCII));
    }

    @AfterEach
    void close() {
        load.close();
    }

    private Optional<String> difference(LoadedInfo loaded) throws SyscallException {
        return view.difference(loaded, load.copy(), load.describe(), List.of());
    }

    private static LoadedInfo info(int type, String tag, String name, Set<Integer> maps, OptionalInt target) {
        return new LoadedInfo(type, 42, tag, name, maps, target);
    }

    @Test
    void theProgramThatWasDecidedOnDiffersInNothing() throws SyscallException {
        assertThat(difference(info(1, SHA_256_TAG, "nothing", Set.of(), OptionalInt.of(0))))
                .isEmpty();
        assertThat(difference(info(1, SHA_256_TAG, "nothing", Set.of(), OptionalInt.empty())))
                .isEmpty();
    }

    @Test
    void eachDifferenceIsSaid() throws SyscallException {
        String same = "the kernel loaded something else than was decided on: ";
        assertThat(difference(info(2, SHA_256_TAG, "nothing", Set.of(), OptionalInt.of(0))))
                .contains(same + "type 2 instead of 1");
        assertThat(difference(info(1, SHA_256_TAG, "another", Set.of(), OptionalInt.of(0))))
                .contains(same + "name another instead of nothing");
        assertThat(difference(info(1, "b11459a0e11ca14c", "nothing", Set.of(), OptionalInt.of(0))))
                .contains(same + "tag b11459a0e11ca14c instead of " + SHA_256_TAG);
        assertThat(difference(info(1, SHA_256_TAG, "nothing", Set.of(7), OptionalInt.of(0))))
                .contains(same + "maps [7] instead of []");
        assertThat(difference(info(1, SHA_256_TAG, "nothing", Set.of(), OptionalInt.of(9))))
                .contains(same + "attach_btf_id 9 instead of 0");
        assertThat(difference(info(2, SHA_256_TAG, "another", Set.of(), OptionalInt.of(0))))
                .contains(same + "type 2 instead of 1; name another instead of nothing");
    }

    @Test
    void theAlgorithmOfAKernelIsFoundOutOnceAndThenHolds() {
        Instructions program = Instructions.of(HexFormat.of().parseHex("b700000000000000" + "9500000000000000"));
        assertThat(tags.isTagOf(program, "0000000000000000")).as("says nothing").isFalse();
        assertThat(tags.isTagOf(program, SHA_1_TAG)).as("a kernel before 6.18").isTrue();
        assertThat(tags.isTagOf(program, SHA_256_TAG)).isFalse();
        KernelTags newer = new KernelTags();
        assertThat(newer.isTagOf(program, SHA_256_TAG)).isTrue();
        assertThat(newer.isTagOf(program, SHA_1_TAG)).isFalse();
    }
}
