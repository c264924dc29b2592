package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.bpfgate.hook.Errno;
import org.bpfgate.kernel.internal.request.ClientQueues;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleException;

/** Whatever a client makes the gate wait for, it delays nobody else; and the gate touches nobody who is not its client. */
@Tag("kernel")
@Timeout(120)
class HostileClientsTest {
    /** What the client exits with when this machine lacks what it needs. */
    private static final int LACKS = 77;

    private static final int EFAULT = 14;
    private static final int ETIMEDOUT = 110;

    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    @AutoClose("stop")
    private static RealStack stack;

    private static String client = "";

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        client = Client.compiled("hostile.c", directory);
        Files.createDirectory(directory.resolve("fuse"));
        stack = RealStack.start(storage);
    }

    private int run(String... words) throws MediationException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("env"), Arrays.stream(words)).toList();
        int code = stack.run(new RealStack.AllowingObjects(), new MediatedCommand(command, false), records::add);
        Assumptions.assumeTrue(code != LACKS, "this machine has no userfaultfd or no FUSE for root");
        return code;
    }

    private static String onFuse() {
        return "FUSE_DIRECTORY=" + directory.resolve("fuse");
    }

    /** 1 and 40 threads whose attributes lie on pages that never come. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "40"})
    void threadsThatWaitForTheirOwnPagesKeepNobodyWaiting(String threads) throws Exception {
        assertThat(run(client, "stuck", threads, "300")).isZero();
    }

    /** Here the kernel waits for a page, so that a thread of the gate does too. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "40"})
    void threadsThatHoldTheGatesThreadsKeepNobodyWaiting(String threads) throws Exception {
        assertThat(run(onFuse(), client, "stuck", threads, "300")).isZero();
    }

    @Test
    void manyProcessesThatEachHoldAThreadKeepNobodyWaiting() throws Exception {
        assertThat(run(onFuse(), client, "stuck-processes", "50", "300")).isZero();
    }

    /** The threads that look up paths are bounded as the requests are; those that were given up count too. */
    @Test
    void pathsThatAreNeverAnsweredTakeNoMoreThreadsThanTheClientHasRoom() throws Exception {
        AtomicLong most = new AtomicLong();
        Thread counting = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                most.accumulateAndGet(pathThreads(), Math::max);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        });
        assertThat(run(onFuse(), client, "stuck-paths", "12", "13")).isZero();
        counting.interrupt();
        counting.join();
        assertThat(most.get()).isBetween(1L, (long) ClientQueues.PER_PROCESS);
        assertThat(records)
                .extracting(record -> record.result().reason())
                .anyMatch(reason -> reason.contains("the lookup of a path took 10 s"));
    }

    /** The duplicate of a descriptor is the gate's to close, and a file system may make that last for ever. */
    @Test
    void aCloseThatNeverEndsKeepsNobodyWaitingAndIsAnswered() throws Exception {
        assertThat(run(onFuse(), client, "stuck-close", "100")).isEqualTo(ETIMEDOUT);
        assertThat(records)
                .extracting(record -> record.result().reason())
                .anyMatch(reason -> reason.contains("to close a duplicate of the client's descriptor took 10 s"));
    }

    private static long pathThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bpfgate-path"))
                .count();
    }

    /** Pages that userfaultfd owes are not waited for at all, those of a file system for some time. */
    @Test
    void whoHasItsPagesNotThereIsDeniedInTheEnd() throws Exception {
        assertThat(run(client, "answered", "20")).isEqualTo(EFAULT);
        assertThat(run(onFuse(), client, "answered", "60")).isEqualTo(ETIMEDOUT);
        assertThat(records.getLast().result().reason()).contains("an access to the client's memory took 10 s");
    }

    /** The client exits with what the slowest small load took, in percent of what the large one did. */
    @Test
    void aLoadThatTakesLongKeepsNobodyWaiting() throws Exception {
        assertThat(run(client, "slow", "900000")).isLessThan(50);
    }

    /** The kernel's error is asked of the kernel. Nothing of theirs is copied, so no module is asked. */
    @ParameterizedTest
    @CsvSource({"1,2", "1,4097", "60,1000000"})
    void clientsWithoutTheRightGetTheKernelsErrorAndCostNothing(String processes, String instructions)
            throws Exception {
        int bare = new ProcessBuilder(client, "without-rights", processes, instructions)
                .start()
                .waitFor();
        assertThat(bare).as("without a gate").isIn(0, Errno.EPERM.number(), Errno.E2BIG.number());
        assertThat(run(client, "without-rights", processes, instructions)).isEqualTo(bare);
        if (bare != 0) {
            assertThat(records)
                    .filteredOn(record -> record.result().errno().isPresent())
                    .hasSize(Integer.parseInt(processes))
                    .allMatch(record -> record.load().isEmpty());
        }
    }

    @Test
    void aProcessThatExecutesAnotherProgramIsNeverWrittenTo() throws Exception {
        assertThat(run(client, "exec-race", "100")).isZero();
    }

    /** The gate's write is under way when the other program begins, and ends when the page comes or never will. */
    @Test
    void aWriteThatWaitsEndsInTheMemoryThatItBeganIn() throws Exception {
        assertThat(run(onFuse(), client, "exec-race", "1")).isZero();
    }

    @Test
    void aThousandClientsThatAreKilledAtAnyStageLeaveNothing() throws Exception {
        assertThat(run(client, "killed", "1000")).isZero();
        assertThat(records).noneMatch(record -> record.result().reason().startsWith("the gate failed"));
        assertThat(records.size()).isGreaterThan(1_000);
    }
}
