package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.util.Arrays;
import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is copied of a load, and what is refused before it is copied. The client is this process; no kernel loads anything. */
class LoadCopyTest {
    /** Nothing is mapped there, so whatever is not refused by its size ends with EFAULT. */
    private static final byte NOWHERE = 1;

    private final OwnLoad load = new OwnLoad();

    @AfterEach
    void close() {
        load.close();
    }

    private void endsWith(int errno) {
        assertThatThrownBy(load::copy)
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(errno));
    }

    private OwnLoad nowhere(int pointer) {
        load.attr.putLong(pointer, NOWHERE);
        return load;
    }

    /** BPF_COMPLEXITY_LIMIT_INSNS: the kernel says E2BIG for none and for one more. */
    @ParameterizedTest
    @CsvSource({"0,7", "1,14", "1000000,14", "1000001,7", "-1,7", "-2147483648,7"})
    void instructionsHaveTheKernelsLimit(int count, int errno) {
        nowhere(INSNS).with(INSN_CNT, count);
        endsWith(errno);
    }

    /** KMALLOC_MAX_CACHE_SIZE: the kernel says EINVAL for one byte more. */
    @ParameterizedTest
    @CsvSource({"1,14", "8192,14", "8193,22", "2147483647,22", "-1,22"})
    void signaturesHaveTheKernelsLimit(int size, int errno) {
        nowhere(SIGNATURE).with(SIGNATURE_SIZE, size);
        endsWith(errno);
    }

    /** MAX_FUNCINFO_REC_SIZE, 252 bytes, for each kind of record; and no more records than there are instructions at most. */
    @ParameterizedTest
    @CsvSource({"1,252,14", "1,253,22", "1,-1,22", "1000000,48,14", "1000001,8,22", "-1,8,22"})
    void recordsHaveTheKernelsLimits(int count, int each, int errno) {
        for (int[] fields : RECORDS) {
            try (OwnLoad own = new OwnLoad()) {
                own.attr.putLong(fields[0], NOWHERE);
                own.with(fields[1], count).with(fields[2], each);
                assertThatThrownBy(own::copy)
                        .isInstanceOfSatisfying(
                                SyscallException.class,
                                e -> assertThat(e.errno())
                                        .as("field at " + fields[0])
                                        .isEqualTo(errno));
            }
        }
    }

    private static final int[][] RECORDS = {
        {FUNC_INFO, FUNC_INFO_CNT, FUNC_INFO_REC_SIZE},
        {LINE_INFO, LINE_INFO_CNT, LINE_INFO_REC_SIZE},
        {CORE_RELOS, CORE_RELO_CNT, CORE_RELO_REC_SIZE},
    };

    /** 48 MiB: 199728 records of 252 bytes fit, one more does not, whichever kinds they are of. */
    @ParameterizedTest
    @CsvSource({"199728,14", "199729,22"})
    void allRecordsTogetherHaveALimit(int count, int errno) {
        nowhere(LINE_INFO).with(LINE_INFO_CNT, count).with(LINE_INFO_REC_SIZE, 252);
        endsWith(errno);
    }

    @Test
    void theKindsOfRecordShareTheirLimit() {
        load.with(FUNC_INFO, new byte[252]).with(FUNC_INFO_CNT, 1).with(FUNC_INFO_REC_SIZE, 252);
        nowhere(LINE_INFO).with(LINE_INFO_CNT, 199_728).with(LINE_INFO_REC_SIZE, 252);
        endsWith(Errnos.EINVAL);
    }

    @Test
    void recordsWithoutSizeAreTheKernelsToRefuse() throws SyscallException {
        nowhere(FUNC_INFO).with(FUNC_INFO_CNT, 5);
        assertThat(load.copy().attr().getInt(FUNC_INFO_CNT)).isEqualTo(5);
    }

    /** All that the kernel is given lies in the gate, and stays what it was when the client changes its own. */
    @Test
    void everyPointerPointsToACopy() throws SyscallException {
        byte[] records = new byte[48];
        Arrays.fill(records, (byte) 7);
        for (int[] fields : RECORDS) {
            load.with(fields[0], records).with(fields[1], 3).with(fields[2], 16);
        }
        LoadCopy copy = load.copy();
        for (int pointer : new int[] {INSNS, LICENSE, FUNC_INFO, LINE_INFO, CORE_RELOS}) {
            assertThat(copy.original().getLong(pointer)).isEqualTo(load.attr.getLong(pointer));
            assertThat(copy.attr().getLong(pointer))
                    .as("field at " + pointer)
                    .isNotZero()
                    .isNotEqualTo(load.attr.getLong(pointer));
        }
        for (int[] fields : RECORDS) {
            assertThat(memory(copy.attr().getLong(fields[0]), records.length)).isEqualTo(records);
        }
    }

    private static byte[] memory(long address, int size) throws SyscallException {
        Syscalls syscalls = Machine.link().newSyscalls();
        try (ClientMemory own = ClientMemory.open(syscalls, syscalls.gettid(), () -> {}, new AccessWatch())) {
            return own.read(address, size);
        }
    }

    @Test
    void theSignatureIsNoneOrEmptyOrItself() throws SyscallException {
        assertThat(load.copy().signature()).isEmpty();
        load.with(SIGNATURE, new byte[] {1, 2, 3});
        assertThat(load.copy().signature()).contains(new byte[0]);
        load.with(SIGNATURE_SIZE, 3);
        assertThat(load.copy().signature()).contains(new byte[] {1, 2, 3});
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 17, 31})
    void aFlagThatThisVersionDoesNotKnowIsRefused(int bit) {
        load.with(PROG_FLAGS, 1 << bit | 1);
        endsWith(Errnos.EINVAL);
    }

    @ParameterizedTest
    @CsvSource({"4096,0", "4097,7", "-1,7"})
    void attributesHaveAtMostAPage(int size, int errno) throws SyscallException {
        load.size(size);
        if (errno != 0) {
            endsWith(errno);
        } else {
            assertThat(load.copy().size()).isEqualTo(size);
        }
    }

    @Test
    void noByteBehindTheKnownFieldsMayBeSet() {
        for (int place = SIZE; place < 512; place++) {
            try (OwnLoad own = new OwnLoad()) {
                own.size(512).attr.putByte(place, (byte) 1);
                assertThatThrownBy(own::copy)
                        .isInstanceOfSatisfying(
                                SyscallException.class,
                                e -> assertThat(e.errno()).isEqualTo(Errnos.E2BIG));
            }
        }
    }

    /** The budget counts what is copied, and nothing of what is refused: 8 copies of each instruction, each record once, the log. */
    @ParameterizedTest
    @CsvSource({
        "2,0,0,0,128",
        "2,3,16,0,176",
        "-1,0,0,0,64000000",
        "2,-1,252,0,50331776",
        "2,0,0,1000,1128",
        "2,0,0,-1,16777344"
    })
    void theBudgetCountsWhatIsCopied(int instructions, int records, int each, int log, long bytes) {
        load.with(INSN_CNT, instructions).with(FUNC_INFO_CNT, records).with(FUNC_INFO_REC_SIZE, each);
        load.with(LOG_SIZE, log).attr.putLong(LOG_BUF, log == 0 ? 0 : NOWHERE);
        assertThat(LoadCopy.bytesFor(load.attr.getBytes(0, SIZE))).isEqualTo(bytes);
    }
}
