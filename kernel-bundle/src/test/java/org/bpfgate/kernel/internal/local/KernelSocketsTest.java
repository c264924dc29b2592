package org.bpfgate.kernel.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalServer;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.ManyDescriptors;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class KernelSocketsTest {
    private static final int OWNER_ONLY = 0600;

    @TempDir
    private Path directory;

    private final KernelSockets sockets = new KernelSockets();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Path path = Path.of("");
    private LocalServer server;

    @BeforeEach
    void listen() throws IOException {
        path = directory.resolve("socket");
        server = sockets.listen(path, OWNER_ONLY);
    }

    @AfterEach
    void close() {
        server.close();
        threads.shutdownNow();
    }

    private SocketChannel jdkClient() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return channel;
    }

    private static long openDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int openFile() throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            return Machine.link().newSyscalls().openToRead(scope.text("/dev/null"));
        }
    }

    private <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    @Test
    void thePeerIsWhoConnected() throws Exception {
        try (SocketChannel client = jdkClient();
                LocalConnection connection = server.accept()) {
            assertThat(client.isConnected()).isTrue();
            assertThat(connection.peer().pid())
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThat(connection.peer().uid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            assertThat(connection.peer().gid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:gid"));
        }
    }

    @Test
    void bytesArriveInBothDirectionsAsTheyWereSent() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        try (SocketChannel client = jdkClient();
                LocalConnection connection = server.accept()) {
            Future<byte[]> echo = start(() -> {
                byte[] received = connection.in().readNBytes(sent.length);
                connection.out().write(received);
                return received;
            });
            Future<byte[]> back = start(() -> Channels.newInputStream(client).readNBytes(sent.length));
            ByteBuffer rest = ByteBuffer.wrap(sent);
            while (rest.hasRemaining()) {
                client.write(rest);
            }
            assertThat(echo.get()).isEqualTo(sent);
            assertThat(back.get()).isEqualTo(sent);
        }
    }

    @Test
    void anEndedStreamIsTold() throws Exception {
        try (SocketChannel client = jdkClient();
                LocalConnection connection = server.accept()) {
            client.write(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)));
            client.shutdownOutput();
            assertThat(connection.in().read()).isEqualTo('x');
            assertThat(connection.in().read()).isEqualTo(-1);
            client.shutdownInput();
            // A second time too, and no SIGPIPE ends this JVM.
            assertThatThrownBy(() -> connection.out().write(1)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> connection.out().write(1)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aReadAndAWriteEndInTime() throws Exception {
        try (SocketChannel client = jdkClient();
                LocalConnection connection = server.accept()) {
            connection.limit(Duration.ofMillis(50));
            assertThatThrownBy(() -> connection.in().read())
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("50 ms");
            assertThatThrownBy(() -> connection.out().write(new byte[10_000_000]))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void aDescriptorGoesWithBytesAndIsClosedOnExec() throws Exception {
        int fd = openFile();
        try (LocalConnection client = sockets.connect(path);
                LocalConnection connection = server.accept()) {
            client.send("abc".getBytes(StandardCharsets.US_ASCII), fd);
            assertThat(connection.takeDescriptor()).isEmpty();
            assertThat(connection.in().readNBytes(3)).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
            int taken = connection.takeDescriptor().orElseThrow();
            assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + taken)))
                    .hasToString("/dev/null");
            assertThat(Files.readString(Path.of("/proc/self/fdinfo/" + taken))).contains("flags:\t02");
            assertThat(connection.takeDescriptor()).isEmpty();
            Machine.link().newSyscalls().close(taken);
        } finally {
            Machine.link().newSyscalls().close(fd);
        }
    }

    @Test
    void descriptorsThatNobodyTakesAreClosed() throws Exception {
        int fd = openFile();
        long before = openDescriptors();
        try (LocalConnection client = sockets.connect(path)) {
            try (LocalConnection connection = server.accept()) {
                client.send(new byte[] {1}, fd);
                client.send(new byte[] {2}, fd);
                connection.in().readNBytes(2);
                assertThat(openDescriptors()).isEqualTo(before + 4);
            }
        }
        assertThat(openDescriptors()).isEqualTo(before);
        Machine.link().newSyscalls().close(fd);
    }

    @Test
    void moreDescriptorsThanThereIsRoomForAreRefusedAndClosed() throws Exception {
        int fd = openFile();
        long before = openDescriptors();
        for (int count : new int[] {SocketConnection.MOST_DESCRIPTORS + 1, 253}) {
            Syscalls syscalls = Machine.link().newSyscalls();
            int client = syscalls.sockets().open();
            syscalls.sockets().connect(client, SocketFile.bytes(path));
            try (LocalConnection connection = server.accept()) {
                ManyDescriptors.send(client, fd, count);
                assertThatThrownBy(() -> connection.in().read())
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("more file descriptors");
            }
            syscalls.close(client);
            assertThat(openDescriptors()).isEqualTo(before);
        }
        Machine.link().newSyscalls().close(fd);
    }

    @Test
    void closingEndsWaits() throws Exception {
        try (SocketChannel client = jdkClient()) {
            LocalConnection connection = server.accept();
            Future<Integer> read = start(() -> connection.in().read());
            Future<LocalConnection> accept = start(server::accept);
            Thread.sleep(100);
            connection.close();
            connection.close();
            server.close();
            assertThatThrownBy(read::get).hasRootCauseMessage("the socket is closed");
            assertThatThrownBy(accept::get).hasRootCauseMessage("the socket is closed");
            assertThatThrownBy(server::accept).hasMessage("the socket is closed");
            assertThatThrownBy(() -> connection.out().write(1)).hasMessage("the socket is closed");
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(path).doesNotExist();
    }

    /** Lowers how many files this JVM may open until a line is written to the process. */
    private static Process lowerFileLimit() throws IOException {
        long pid = ProcessHandle.current().pid();
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "was=$(prlimit --pid " + pid + " --nofile -o SOFT --noheadings) && prlimit --pid " + pid
                                + " --nofile=4: && echo low && read line && prlimit --pid " + pid + " --nofile=$was:")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.getInputStream().readNBytes(4)).isEqualTo("low\n".getBytes(StandardCharsets.US_ASCII));
        return process;
    }

    private static void restoreFileLimit(Process process) throws Exception {
        process.getOutputStream().write('\n');
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aFullTableOfDescriptorsKeepsConnectionsWaitingWithoutSpinning() throws Exception {
        sockets.connect(path).close();
        server.accept().close();
        SocketChannel client = jdkClient();
        Process limit = lowerFileLimit();
        long id;
        long cpu;
        Future<LocalConnection> accept;
        try {
            Thread[] thread = new Thread[1];
            accept = start(() -> {
                thread[0] = Thread.currentThread();
                return server.accept();
            });
            assertThatThrownBy(() -> accept.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            id = thread[0].threadId();
            cpu = ManagementFactory.getThreadMXBean().getThreadCpuTime(id);
        } finally {
            restoreFileLimit(limit);
        }
        accept.get().close();
        client.close();
        assertThat(Duration.ofNanos(cpu)).isLessThan(Duration.ofMillis(700));
    }

    @Test
    void descriptorsForWhichTheTableHasNoRoomAreRefused() throws Exception {
        int fd = openFile();
        try (LocalConnection client = sockets.connect(path);
                LocalConnection connection = server.accept()) {
            // Loads the classes, which takes descriptors.
            client.send(new byte[] {1}, fd);
            connection.in().read();
            Machine.link().newSyscalls().close(connection.takeDescriptor().orElseThrow());
            client.send(new byte[] {1}, fd);
            long before = openDescriptors();
            Process limit = lowerFileLimit();
            IOException refusal = null;
            try {
                connection.in().read();
            } catch (IOException e) {
                refusal = e;
            } finally {
                restoreFileLimit(limit);
            }
            limit.getInputStream().close();
            assertThat(refusal).hasMessageContaining("more file descriptors");
            assertThat(connection.takeDescriptor()).isEmpty();
            assertThat(openDescriptors()).isLessThanOrEqualTo(before);
        }
        Machine.link().newSyscalls().close(fd);
    }

    @Test
    void theFileHasThePermissionsAndReplacesAnother() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (LocalServer second = sockets.listen(path, 0666)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw-rw-");
            server.close();
            assertThat(path).exists();
            jdkClient().close();
            second.accept().close();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whereNobodyListensNobodyConnects() throws Exception {
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> sockets.connect(none))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(none.toString());
        Path left = directory.resolve("left");
        Files.createLink(left, path);
        server.close();
        assertThatThrownBy(() -> sockets.connect(left))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(left.toString());
    }

    /** Prints what a datagram socket takes: the text, and the names of the files that come with it. */
    private static final String TAKE_DATAGRAM = """
            import os, socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1].replace("@", "\\0"))
            print("bound", flush=True)
            text, fds, flags, peer = socket.recv_fds(s, 100, 9)
            print(text.decode(), [os.readlink("/proc/self/fd/%d" % fd) for fd in fds])
            """;

    @ParameterizedTest
    @ValueSource(strings = {"datagrams", "@bpfgate-test-"})
    void aDatagramGoesToAPathOrAName(String name) throws Exception {
        String address = name.startsWith("@")
                ? name + ProcessHandle.current().pid()
                : directory.resolve(name).toString();
        assertThatThrownBy(() -> sockets.datagram(address, new byte[] {1}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(address);
        Process taker = new ProcessBuilder("python3", "-c", TAKE_DATAGRAM, address)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int fd = openFile();
        try (BufferedReader out = taker.inputReader()) {
            assertThat(out.readLine()).isEqualTo("bound");
            sockets.datagram(address, "READY=1".getBytes(StandardCharsets.US_ASCII), fd, fd);
            assertThat(out.readLine()).isEqualTo("READY=1 ['/dev/null', '/dev/null']");
        } finally {
            Machine.link().newSyscalls().close(fd);
        }
    }

    @Test
    void aPathThatDoesNotFitIsRefused() {
        Path longest = Path.of("/tmp/" + "x".repeat(KernelSockets.LONGEST_PATH - 4));
        assertThatThrownBy(() -> sockets.listen(longest, OWNER_ONLY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is room for 100");
        assertThatThrownBy(() -> sockets.listen(directory.resolve("no/socket"), OWNER_ONLY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its directory is missing");
    }
}
