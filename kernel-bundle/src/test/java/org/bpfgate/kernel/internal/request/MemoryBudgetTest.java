package org.bpfgate.kernel.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.bpfgate.kernel.internal.load.LoadCopy;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.junit.jupiter.api.Test;

/** However many clients come with however large loads, the gate takes no more than its budget. */
class MemoryBudgetTest {
    private static final long BYTES = 1 << 20;

    @Test
    void aLoadThatFindsNoMemoryIsDenied() throws Exception {
        MemoryBudget budget = new MemoryBudget(BYTES, Duration.ZERO);
        MemoryBudget.Share first = budget.take(1, BYTES / 2);
        assertThatExceptionOfType(SyscallException.class)
                .isThrownBy(() -> budget.take(1, BYTES / 2).close())
                .satisfies(denial -> assertThat(denial.errno()).isEqualTo(Errnos.ENOMEM))
                .withMessageStartingWith("no memory left in the gate for a load");
        first.close();
        budget.take(1, BYTES / 2).close();
    }

    @Test
    void aLoadThatIsLargerThanAllIsDeniedAtOnce() {
        assertThatExceptionOfType(SyscallException.class)
                .isThrownBy(() -> new MemoryBudget(BYTES, Duration.ofDays(1))
                        .take(1, Long.MAX_VALUE / 2)
                        .close());
    }

    @Test
    void aLoadWaitsForMemory() throws Exception {
        MemoryBudget budget = new MemoryBudget(BYTES, Duration.ofMinutes(1));
        MemoryBudget.Share first = budget.take(1, BYTES / 2);
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> {
            try {
                budget.take(2, BYTES / 2).close();
                return true;
            } catch (SyscallException e) {
                return false;
            }
        });
        first.close();
        assertThat(second.join()).isTrue();
    }

    /** A process that holds its part waits for itself only; small loads do not wait at all. */
    @Test
    void aProcessKeepsNeitherOthersNorSmallLoadsWaiting() throws Exception {
        MemoryBudget budget = new MemoryBudget(BYTES, Duration.ZERO);
        MemoryBudget.Share first = budget.take(1, BYTES / 4);
        assertThatExceptionOfType(SyscallException.class)
                .isThrownBy(() -> budget.take(1, BYTES / 8).close());
        MemoryBudget.Share second = budget.take(2, BYTES / 4);
        MemoryBudget.Share third = budget.take(3, BYTES / 4);
        budget.take(4, BYTES / 4 / (ClientQueues.IN_ALL + ClientQueues.RESERVED))
                .close();
        first.close();
        budget.take(1, BYTES / 4).close();
        second.close();
        third.close();
        budget.take(1, BYTES / 2).close();
    }

    @Test
    void whatALoadTakesIsKnownFromItsAttributesAndBounded() {
        ByteBuffer attr = ByteBuffer.allocate(ProgLoadAttr.SIZE).order(ByteOrder.nativeOrder());
        attr.putInt(ProgLoadAttr.INSN_CNT, 2);
        assertThat(LoadCopy.bytesFor(attr.array())).isEqualTo(2 * 8 * 8);
        for (int at = 0; at < ProgLoadAttr.SIZE; at++) {
            attr.put(at, (byte) 0xff);
        }
        assertThat(LoadCopy.bytesFor(attr.array())).isEqualTo(1_000_000L * 8 * 8 + (48 << 20) + (16 << 20));
    }
}
