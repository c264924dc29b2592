package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleException;

/** A C program that calls bpf(2) itself, under the gate, on the running kernel. */
@Tag("kernel")
class LoadsAreMediatedTest {
    private static final String RETURNS_0 = "59f4a931744dcdc62944a018ed3990e666ec6444616418d3b09a82dc5c753d52";

    /** Ten thousand forgotten texts of {@code /proc} would take ten times as much; the JVM itself takes some. Nearly all are denied. */
    private static final long FORGOTTEN = 16 << 20;

    /** What {@link Process#waitFor} tells of it: 128 and the number of the signal. */
    private static final int KILLED_BY_SIGSEGV = 128 + 11;

    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    private static String client = "";

    @AutoClose("stop")
    private static RealStack stack;

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        client = Client.compiled("client.c", directory);
        stack = RealStack.start(storage);
    }

    private static HookResult allow(ProgramLoad load) {
        return HookResult.ALLOW;
    }

    private static HookResult deny(ProgramLoad load) {
        return HookResult.deny(Errno.EPERM, "not today");
    }

    private int run(Function<ProgramLoad, HookResult> decision, boolean permissive, String... words)
            throws MediationException, InterruptedException {
        MediatedCommand command = new MediatedCommand(List.of(words), permissive);
        return stack.run(new RealStack.Deciding(decision), command, records::add);
    }

    @Test
    void anAllowedProgramIsLoadedAndHandedOver() throws Exception {
        assertThat(run(LoadsAreMediatedTest::allow, false, client, "load")).isZero();
        assertThat(records).hasSize(1);
        MediationRecord record = records.getFirst();
        assertThat(record.result().fd()).isPresent();
        assertThat(record.client().orElseThrow().comm()).isEqualTo("client");
        assertThat(record.load()
                        .orElseThrow()
                        .program()
                        .instructions()
                        .digest()
                        .orElseThrow()
                        .hex())
                .isEqualTo(RETURNS_0);
    }

    @Test
    void aDeniedProgramGivesTheErrorOfTheDecision() throws Exception {
        assertThat(run(LoadsAreMediatedTest::deny, false, client, "load")).isEqualTo(Errno.EPERM.number());
        assertThat(records.getFirst().isDenied()).isTrue();
    }

    @Test
    void aPermissiveGateBlocksNothingAndTellsWhatItWouldHaveDenied() throws Exception {
        assertThat(run(LoadsAreMediatedTest::deny, true, client, "load")).isZero();
        assertThat(run(LoadsAreMediatedTest::deny, true, client, "bad-pointer")).isEqualTo(Errno.EFAULT.number());
        assertThat(records.getFirst().isDenied()).isTrue();
    }

    @Test
    void aPermissiveGateLoadsWhatItRecordsAndLeavesTheRestToTheKernel() throws Exception {
        assertThat(run(LoadsAreMediatedTest::deny, true, client, "load")).isZero();
        assertThat(records.getFirst().result().fd()).as("from the copy").isPresent();
        assertThat(run(LoadsAreMediatedTest::allow, true, client, "verifier-log"))
                .as("the kernel's own log")
                .isZero();
        assertThat(records.getLast().result()).isEqualTo(MediationResult.leftToTheKernel());
    }

    /** The numbers are those that the kernel gives without a gate: 14 EFAULT, 7 E2BIG. */
    @ParameterizedTest
    @CsvSource({"load,0", "short,0", "high-bits,0", "bad-pointer,14", "too-long,7", "unknown-tail,7"})
    void theClientMeetsTheKernelsOwnErrors(String what, int errno) throws Exception {
        assertThat(new ProcessBuilder(client, what).start().waitFor())
                .as("without a gate")
                .isEqualTo(errno);
        assertThat(run(LoadsAreMediatedTest::allow, false, client, what)).isEqualTo(errno);
    }

    /**
     * 1 EPERM and 38 ENOSYS, whatever the modules would say. On some machines {@code int $0x80} raises SIGSEGV before any filter is
     * asked: there the client ends under the gate as it ends without one.
     */
    @ParameterizedTest
    @CsvSource({"int80,1", "x32,38"})
    void theOtherWaysIntoTheKernelAreClosed(String what, int errno) throws Exception {
        Assumptions.assumeTrue("amd64".equals(System.getProperty("os.arch")), "these are ways into x86-64 only");
        int withoutGate = new ProcessBuilder(client, what).start().waitFor();
        int expected = withoutGate == KILLED_BY_SIGSEGV ? withoutGate : errno;
        assertThat(run(LoadsAreMediatedTest::allow, false, client, what)).isEqualTo(expected);
        assertThat(records).isEmpty();
    }

    @Test
    void whatIsLoadedIsWhatWasVettedWhileTheClientRewritesIt() throws Exception {
        Function<ProgramLoad, HookResult> onlyTheFirst = load ->
                load.program().instructions().digest().orElseThrow().hex().equals(RETURNS_0)
                        ? HookResult.ALLOW
                        : HookResult.deny(Errno.EPERM, "another program");
        assertThat(run(onlyTheFirst, false, client, "swap")).isZero();
    }

    @Test
    void theVerifiersLogReachesTheClient() throws Exception {
        assertThat(run(LoadsAreMediatedTest::allow, false, client, "verifier-log"))
                .isZero();
    }

    @Test
    void theReasonOfADenialReachesTheClientsLog() throws Exception {
        assertThat(run(LoadsAreMediatedTest::deny, false, client, "denial-log")).isZero();
    }

    @Test
    void nobodyGetsThroughTheGateWhatHisOwnRightsDoNotGive() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        Assumptions.assumeFalse(
                Files.readString(Path.of("/proc/sys/kernel/unprivileged_bpf_disabled"))
                        .startsWith("0"),
                "this kernel lets everybody load programs");
        String[] weak = {"setpriv", "--bounding-set", "-all", "--inh-caps", "-all", client, "load"};
        assertThat(run(LoadsAreMediatedTest::allow, false, weak)).isEqualTo(Errno.EPERM.number());
        assertThat(records.getFirst().decision()).as("nobody is asked").isEmpty();
    }

    @Test
    void aHundredClientsAtOnceAllGetTheirAnswers() throws Exception {
        assertThat(run(LoadsAreMediatedTest::allow, false, client, "crowd", "100", "3"))
                .isZero();
        assertThat(records).hasSize(300);
    }

    /** The first of two clients is answered only after a load of the other one was. */
    @Test
    void aClientWhoseAnswerTakesLongKeepsNobodyElseWaiting() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch another = new CountDownLatch(1);
        Function<ProgramLoad, HookResult> decision = load -> {
            if (asked.getAndIncrement() > 0) {
                another.countDown();
                return HookResult.ALLOW;
            }
            return isInTime(another)
                    ? HookResult.ALLOW
                    : HookResult.deny(Errno.ETIMEDOUT, "nobody else was asked about");
        };
        assertThat(run(decision, false, client, "crowd", "2", "3")).isZero();
    }

    private static boolean isInTime(CountDownLatch event) {
        try {
            return event.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    @Timeout(25)
    void aModuleThatHangsKeepsNoCommandFromEnding() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Function<ProgramLoad, HookResult> hanging = load -> {
            return isInTime(end) ? HookResult.ALLOW : HookResult.deny(Errno.ETIMEDOUT, "nobody ended it");
        };
        try {
            assertThat(run(hanging, false, "timeout", "-s", "KILL", "1", client, "load"))
                    .isEqualTo(128 + 9);
        } finally {
            end.countDown();
        }
        Awaitility.await().until(() -> receivers() == 0);
    }

    /** The kernel wakes all who wait there for a request. */
    @Test
    void aClientThatIsAloneIsAnsweredByFewThreads() throws Exception {
        Set<String> receivers = ConcurrentHashMap.newKeySet();
        Function<ProgramLoad, HookResult> decision = load -> {
            receivers.add(Thread.currentThread().getName());
            return HookResult.ALLOW;
        };
        assertThat(run(decision, false, client, "many", "200")).isZero();
        assertThat(receivers).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void clientsThatAreKilledInFlightLeaveNothingAndDisturbNobody() throws Exception {
        List<String> descriptors = kernelObjects();
        assertThat(run(LoadsAreMediatedTest::allow, false, client, "killed", "100"))
                .isZero();
        assertThat(kernelObjects()).as("descriptors by what they are").containsExactlyInAnyOrderElementsOf(descriptors);
        assertThat(records).noneMatch(record -> record.result().reason().startsWith("the gate failed"));
    }

    @Test
    void signalsThatRestartCallsFailNoLoadOfAnyThread() throws Exception {
        assertThat(run(LoadsAreMediatedTest::allow, false, client, "signals")).isZero();
    }

    @Test
    void signalsThatInterruptCallsLeaveNothing() throws Exception {
        List<String> descriptors = kernelObjects();
        assertThat(run(LoadsAreMediatedTest::allow, false, client, "interrupted"))
                .isZero();
        assertThat(kernelObjects()).containsExactlyInAnyOrderElementsOf(descriptors);
    }

    /** As profilers do, which stop single threads by signals. */
    @Test
    void signalsToTheGatesOwnThreadsFailNoLoad() throws Exception {
        JvmSignal handled = JvmSignal.handle("WINCH", () -> {});
        Process disturber = new ProcessBuilder(
                        client, "disturb", Long.toString(ProcessHandle.current().pid()))
                .start();
        try {
            assertThat(run(LoadsAreMediatedTest::allow, false, client, "many", "500"))
                    .isZero();
            assertThat(disturber.isAlive()).as("still sending signals").isTrue();
        } finally {
            disturber.destroyForcibly().waitFor();
            handled.close();
        }
        assertThat(records).hasSize(500).allMatch(record -> record.result().fd().isPresent());
    }

    @Test
    void aHundredLargeLoadsAtOnceAllFindMemory() throws Exception {
        String instructions =
                Integer.getInteger("bpfgate.large.instructions", 20_000).toString();
        assertThat(run(LoadsAreMediatedTest::allow, false, client, "large", instructions))
                .isZero();
        assertThat(records).hasSize(100);
    }

    /** 16 is EBUSY: the kernel allows one listener in a stack of filters. */
    @ParameterizedTest
    @CsvSource({"nested-filter,0", "nested-listener,16"})
    void aFilterOfTheClientsOwnTakesNothingFromTheGate(String what, int errno) throws Exception {
        assertThat(run(LoadsAreMediatedTest::allow, false, client, what)).isEqualTo(errno);
        assertThat(records).hasSize(errno == 0 ? 1 : 0);
    }

    @Test
    void manyLoadsLeaveNothingBehind() throws Throwable {
        List<String> descriptors = kernelObjects();
        long threads = receivers();
        long memory = nativeMemory();
        AtomicInteger asked = new AtomicInteger();
        Function<ProgramLoad, HookResult> oneOfTwenty =
                load -> asked.incrementAndGet() % 20 == 0 ? HookResult.ALLOW : deny(load);
        assertThat(run(oneOfTwenty, false, client, "denied", "10000")).isZero();
        assertThat(records).hasSize(10_000);
        assertThat(kernelObjects()).as("descriptors by what they are").containsExactlyInAnyOrderElementsOf(descriptors);
        assertThat(receivers()).isEqualTo(threads).isZero();
        assertThat(ProcessHandle.current().children()).isEmpty();
        assertThat(nativeMemory() - memory).as("bytes outside of the heap").isLessThan(FORGOTTEN);
    }

    /** What mallinfo2(3) of the GNU C library counts as in use; arenas take their memory there. */
    @SuppressWarnings("restricted") // A function without arguments that fills a structure of ten words.
    private static long nativeMemory() throws Throwable {
        StructLayout words = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().find("mallinfo2").orElseThrow();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) linker.downcallHandle(function, FunctionDescriptor.of(words))
                    .invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, 7);
        }
    }

    @Test
    void theExitCodeAndTheSignalOfTheCommandAreTold() throws Exception {
        assertThat(run(LoadsAreMediatedTest::allow, false, "sh", "-c", "exit 7"))
                .isEqualTo(7);
        assertThat(run(LoadsAreMediatedTest::allow, false, "sh", "-c", "kill -KILL $$"))
                .isEqualTo(128 + 9);
    }

    @Test
    void aCommandThatIsNotThereIsSaidSo() {
        MediationException thrown = Assertions.assertThrows(
                MediationException.class,
                () -> run(
                        LoadsAreMediatedTest::allow,
                        false,
                        directory.resolve("no-such-command").toString()));
        assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    /** Programs, maps, pidfds, listeners: what the gate makes. The JVM opens files of its own whenever it likes. */
    private static List<String> kernelObjects() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)) {
                    found.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        found.removeIf(target -> !target.startsWith("anon_inode:"));
        return found;
    }

    private static long receivers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bpfgate-worker"))
                .count();
    }
}
