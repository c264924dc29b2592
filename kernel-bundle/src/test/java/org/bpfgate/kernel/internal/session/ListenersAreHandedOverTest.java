package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.host.HandOverMessage;
import org.bpfgate.kernel.internal.host.HandOverMessage.Greeting;
import org.bpfgate.kernel.internal.host.HandOverMessage.Offer;
import org.bpfgate.kernel.internal.host.HandOverMessage.Refused;
import org.bpfgate.kernel.internal.host.HandOverMessage.Taken;
import org.bpfgate.kernel.internal.host.HandOverReader;
import org.bpfgate.kernel.internal.local.KernelSockets;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.ReleasedListener;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleException;

/** Processes that the gate has not started put themselves under it. */
@Tag("kernel")
@Timeout(120)
class ListenersAreHandedOverTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    private static String words = "";

    @AutoClose("stop")
    private static RealStack stack;

    @TempDir
    private Path run;

    private final Syscalls syscalls = Machine.link().newSyscalls();
    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        words = Client.compiled("words.c", directory);
        stack = RealStack.start(storage);
    }

    /** What is done while there is a host. */
    private interface Work {
        void with(ListenerHost host) throws Exception;
    }

    private void withHost(Function<ProgramLoad, HookResult> decision, Work work) throws Exception {
        stack.with(new RealStack.Deciding(decision), () -> {
            try (ListenerHost host = host()) {
                work.with(host);
            } catch (MediationException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return 0;
        });
    }

    private ListenerHost host() throws MediationException {
        MediationListener listener = new MediationListener() {
            @Override
            public void mediated(MediationRecord mediated) {
                records.add(mediated);
            }

            @Override
            public void attached(AttachedListener attached, int descriptor) {
                events.add("attached " + attached.number());
            }

            @Override
            public void ended(AttachedListener attached) {
                events.add("ended " + attached.number() + " after " + attached.calls());
            }
        };
        return new KernelMediator(stack.hooks(), new NoRecords()).host(socket(), 0600, false, listener);
    }

    private Path socket() {
        return run.resolve("listeners");
    }

    private static HookResult allow(ProgramLoad load) {
        return HookResult.ALLOW;
    }

    private static HookResult deny(ProgramLoad load) {
        return HookResult.deny(Errno.EPERM, "not today");
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static void awaitNone(ListenerHost host) {
        Awaitility.await().atMost(LONG).until(() -> host.attached().isEmpty());
    }

    @Test
    void aProcessBecomesACommandWhoseLoadsAreDecidedOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        withHost(load -> asked.getAndIncrement() == 0 ? allow(load) : deny(load), host -> {
            String script =
                    "echo $$; " + words + " load 5; " + words + " load 5; grep Seccomp: /proc/self/status; read line";
            Process process = BecomingMain.start(socket(), "sh", "-c", script);
            BufferedReader out = process.inputReader();
            assertThat(out.readLine()).isEqualTo("last");
            assertThat(out.readLine()).isEqualTo(Long.toString(process.pid()));
            assertThat(out.readLine()).isEqualTo("0");
            assertThat(out.readLine()).isEqualTo(Integer.toString(Errnos.EPERM));
            assertThat(out.readLine()).isEqualTo("Seccomp:\t2");
            // A record is written after the answer.
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> host.attached().getFirst().calls() == 2);
            AttachedListener attached = host.attached().getFirst();
            assertThat(attached.number()).isEqualTo(1);
            assertThat(attached.pid()).isEqualTo((int) process.pid());
            assertThat(attached.uid()).isZero();
            assertThat(attached.command()).containsExactly("sh", "-c", script);
            process.outputWriter().append("end\n").close();
            awaitNone(host);
            Awaitility.await().atMost(LONG).until(() -> events.size() == 2);
            assertThat(events).containsExactly("attached 1", "ended 1 after 2");
        });
        assertThat(records).hasSize(2);
        assertThat(records.getLast().isDenied()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-command", "/etc/passwd", ""})
    void aCommandThatIsNoneIsToldAndItsListenerForgotten(String command) throws Exception {
        withHost(ListenersAreHandedOverTest::allow, host -> {
            Process process = BecomingMain.start(socket(), command);
            assertThat(output(process))
                    .startsWith(
                            "last\n" + (command.startsWith("/") ? "NOT_EXECUTABLE " : "NOT_FOUND ") + command + ": ");
            awaitNone(host);
        });
    }

    @Test
    void withoutAGateNothingIsExecuted() throws Exception {
        Process process = BecomingMain.start(socket(), "echo", "executed");
        assertThat(output(process))
                .startsWith("CANNOT_MEDIATE no running gate takes this command: the socket " + socket());
    }

    @Test
    void withoutAGateAnyMoreLoadsFailAsWithoutTheSystemCall() throws Exception {
        Process process;
        try (ListenerHost host = host()) {
            process = BecomingMain.start(socket(), "sh", "-c", "echo on; read line; " + words + " load 5");
            assertThat(process.inputReader().readLine()).isEqualTo("last");
            assertThat(process.inputReader().readLine()).isEqualTo("on");
            assertThat(host.attached()).hasSize(1);
        }
        assertThat(socket()).doesNotExist();
        process.outputWriter().append("go\n").close();
        assertThat(process.inputReader().readLine()).isEqualTo(Integer.toString(Errnos.ENOSYS));
    }

    private HandOverMessage offer(HandOverMessage offer, int... descriptors) throws IOException {
        try (LocalConnection connection = new KernelSockets().connect(socket())) {
            assertThat(HandOverReader.read(connection, LONG)).isInstanceOf(Greeting.class);
            if (descriptors.length == 0) {
                connection.out().write(offer.toLine());
            } else {
                for (int i = 0; i < descriptors.length - 1; i++) {
                    connection.send(new byte[] {' '}, descriptors[i]);
                }
                connection.send(offer.toLine(), descriptors[descriptors.length - 1]);
            }
            return HandOverReader.read(connection, LONG);
        }
    }

    private static Refused refused(String error) {
        return new Refused(error, false);
    }

    @Test
    void whatIsNoListenerIsRefusedAndClosed() throws Exception {
        Offer offer = Offer.of(List.of("command"));
        int[] file = {open("/dev/null"), open("/proc/self/maps")};
        withHost(ListenersAreHandedOverTest::allow, host -> {
            // The first takes class files along.
            offer(offer);
            long before = openDescriptors();
            assertThat(offer(offer)).isEqualTo(refused("an offer comes with exactly one descriptor"));
            assertThat(offer(offer, file)).isEqualTo(refused("an offer comes with exactly one descriptor"));
            assertThat(offer(new Taken(1), file[0])).isEqualTo(refused("an offer comes with exactly one descriptor"));
            assertThat(offer(offer, file[0])).isEqualTo(refused("the descriptor is no listener of a seccomp filter"));
            assertThat(host.attached()).isEmpty();
            Awaitility.await().atMost(LONG).until(() -> openDescriptors() <= before);
        });
        syscalls.close(file[0]);
        syscalls.close(file[1]);
    }

    private int open(String path) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            return syscalls.openToRead(scope.text(path));
        }
    }

    @Test
    void aListenerIsTakenOnce() throws Exception {
        CompletableFuture<Integer> listener = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread filtered = new Thread(() -> {
            try {
                listener.complete(FilterInstallation.install(
                        Machine.link(), Machine.link().newSyscalls(), 5));
                end.await();
            } catch (MediationException | InterruptedException e) {
                listener.completeExceptionally(e);
            }
        });
        filtered.start();
        withHost(ListenersAreHandedOverTest::allow, host -> {
            Offer offer = Offer.of(List.of("thread"));
            assertThat(offer(offer, listener.get())).isEqualTo(new Taken(1));
            assertThat(offer(offer, listener.get()))
                    .isEqualTo(refused("the gate has this listener already, as number 1"));
            end.countDown();
            awaitNone(host);
        });
        syscalls.close(listener.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "{}\n", "{\"version\":2}\n", "{\"version\":1,\"version\":1}\n", "[]\n", "\u0000\n"})
    void whatIsNoMessageIsAnsweredWithOneError(String line) throws Exception {
        withHost(ListenersAreHandedOverTest::allow, host -> {
            try (LocalConnection connection = new KernelSockets().connect(socket())) {
                HandOverReader.read(connection, LONG);
                connection.out().write(line.getBytes(StandardCharsets.UTF_8));
                assertThat(HandOverReader.read(connection, LONG)).isInstanceOf(Refused.class);
            }
        });
    }

    /** Those who say nothing, or half a line, or a line without an end, keep nobody waiting. */
    @Test
    void slowAndEndlessClientsKeepNobodyWaiting() throws Exception {
        withHost(ListenersAreHandedOverTest::allow, host -> {
            List<LocalConnection> slow = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                LocalConnection connection = new KernelSockets().connect(socket());
                slow.add(connection);
                HandOverReader.read(connection, LONG);
                connection.out().write(i % 2 == 0 ? "{".getBytes(StandardCharsets.UTF_8) : new byte[60_000]);
            }
            assertThat(offer(Offer.of(List.of("quick")))).isInstanceOf(Refused.class);
            for (LocalConnection connection : slow) {
                assertThat(HandOverReader.read(connection, LONG)).isInstanceOf(Refused.class);
                connection.close();
            }
        });
    }

    @Test
    void manyListenersAreMediatedAtOnceAndCleanedUp() throws Exception {
        int count = Integer.getInteger("bpfgate.test.listeners", 300);
        Path many = Files.createDirectory(directory.resolve("many"));
        String attach = Client.compiled("attach.c", many);
        withHost(ListenersAreHandedOverTest::deny, host -> {
            long before = openDescriptors();
            String memoryBefore = memory();
            Process process = new ProcessBuilder(attach, socket().toString(), Integer.toString(count))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.inputReader().readLine()).isEqualTo("attached");
            assertThat(host.attached()).hasSize(count);
            System.out.println(count + " listeners: " + memoryBefore + " -> " + memory() + ", descriptors " + before
                    + " -> " + openDescriptors());
            process.outputWriter().close();
            assertThat(process.inputReader().readLine()).isEqualTo("errno " + Errnos.EPERM + ": " + count);
            awaitNone(host);
            Awaitility.await().atMost(LONG).until(() -> events.size() == 2 * count);
            Awaitility.await().atMost(LONG).until(() -> openDescriptors() <= before + 3);
            Awaitility.await().atMost(LONG).until(() -> workers() == 0);
            System.out.println("afterwards " + memory());
        });
        assertThat(records).hasSize(count);
    }

    @Test
    void theNextGateTakesTheListenersOfTheLast() throws Exception {
        stack.with(new RealStack.Deciding(ListenersAreHandedOverTest::allow), () -> {
            try {
                handOn();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return 0;
        });
        assertThat(records).hasSize(2);
    }

    private void handOn() throws IOException, MediationException, InterruptedException {
        String load = words + " load 5";
        ListenerHost first = host();
        Process process = BecomingMain.start(socket(), "sh", "-c", load + "; read line; " + load + "; read line");
        assertThat(process.inputReader().readLine()).isEqualTo("last");
        assertThat(process.inputReader().readLine()).isEqualTo("0");
        List<ReleasedListener> released = first.release();
        assertThat(released).hasSize(1);
        assertThat(first.attached()).isEmpty();
        assertThat(first.release()).isEmpty();
        process.outputWriter().append("go\n").flush();
        // Comes to the next gate, as there is a socket all the time.
        Process between = BecomingMain.start(socket(), "echo", "executed");
        try (ListenerHost second = host()) {
            first.close();
            assertThat(socket()).exists();
            assertThat(output(between)).isEqualTo("last\nexecuted\n");
            AttachedListener was = released.getFirst().attached();
            // The one between may have come first, and have its number.
            AttachedListener again = second.attach(released.getFirst().descriptor(), was);
            assertThat(again.numbered(was.number())).isEqualTo(was);
            assertThat(was.calls()).isEqualTo(1);
            assertThat(process.inputReader().readLine()).isEqualTo("0");
            // A record is written after the answer.
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> second.attached().getFirst().calls() == 2);
            process.outputWriter().append("end\n").close();
            awaitNone(second);
        }
    }

    @Test
    void whatIsAttachedAgainIsAListener() throws Exception {
        AttachedListener was = new AttachedListener(7, 1, 0, 0, List.of("was"), Optional.empty(), Instant.now(), 3);
        withHost(ListenersAreHandedOverTest::allow, host -> {
            int file = open("/dev/null");
            assertThatThrownBy(() -> host.attach(file, was))
                    .isInstanceOf(MediationException.class)
                    .hasMessage("the descriptor is no listener of a seccomp filter");
            assertThat(Path.of("/proc/self/fd/" + file)).doesNotExist();
        });
    }

    /** The client keeps its listener, as a descriptor store does, and hands it to the next gate. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatAKilledGateHadReceivedIsAnsweredByTheNext(boolean isAllowed) throws Exception {
        Path killed = Files.createDirectory(directory.resolve("killed" + isAllowed));
        String attach = Client.compiled("attach.c", killed);
        Process gate = HangingHostMain.start(socket(), Files.createDirectory(killed.resolve("storage")));
        assertThat(gate.inputReader().readLine()).isEqualTo("ready");
        Process process = new ProcessBuilder(attach, socket().toString(), "again")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("attached");
        assertThat(gate.inputReader().readLine()).isEqualTo("asked");
        gate.destroyForcibly().waitFor();
        withHost(load -> isAllowed ? allow(load) : deny(load), host -> {
            process.outputWriter().close();
            assertThat(process.inputReader().readLine()).isEqualTo("errno " + (isAllowed ? 0 : Errnos.EPERM));
            awaitNone(host);
        });
        assertThat(records).hasSize(1);
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bpfgate-worker"))
                .count();
    }

    private static String memory() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS") || line.startsWith("Threads"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList()
                .toString();
    }
}
