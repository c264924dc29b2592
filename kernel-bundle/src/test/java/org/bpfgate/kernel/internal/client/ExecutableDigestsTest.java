package org.bpfgate.kernel.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableDigestsTest {
    private static final String OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    private static final String OF_B = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

    @TempDir
    Path directory;

    private static final StillWaiting WAITING = () -> {};

    private final Syscalls syscalls = Machine.link().newSyscalls();
    private final ExecutableDigests digests = new ExecutableDigests();

    @Test
    void aFileThatChangesHasAnotherDigestAtOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "a");
        assertThat(digests.of(syscalls, file, WAITING)).isEqualTo(OF_A);
        Files.writeString(file, "b");
        assertThat(digests.of(syscalls, file, WAITING)).isEqualTo(OF_B);
    }

    @Test
    void whoSetsTheTimeOfModificationBackChangesNothing() throws Exception {
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Path file = Files.writeString(directory.resolve("file"), "a");
        Files.setLastModifiedTime(file, longAgo);
        assertThat(digests.of(syscalls, file, WAITING)).isEqualTo(OF_A);
        Files.writeString(file, "b");
        Files.setLastModifiedTime(file, longAgo);
        assertThat(digests.of(syscalls, file, WAITING)).isEqualTo(OF_B);
    }

    @Test
    void aKnownFileIsKnownByItsIdentityNotByItsName() throws Exception {
        // Old enough not to be read anew each time.
        Path file = Path.of(System.getProperty("java.home"), "bin", "java");
        String digest = digests.of(syscalls, file, WAITING);
        assertThat(digests.of(syscalls, file, WAITING)).isEqualTo(digest);
        Path other = Files.writeString(directory.resolve("java"), "a");
        assertThat(digests.of(syscalls, other, WAITING)).isEqualTo(OF_A);
    }

    /** A sparse file of any size costs nothing to make. */
    @Test
    void nothingMoreIsReadForAClientThatIsGone() throws Exception {
        Path file = Files.createFile(directory.resolve("sparse"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), 1L << 40);
        }
        AtomicInteger asked = new AtomicInteger();
        StillWaiting gone = () -> {
            if (asked.incrementAndGet() == 3) {
                throw new SyscallException("seccomp", Errnos.ENOENT, 0);
            }
        };
        assertThatExceptionOfType(SyscallException.class).isThrownBy(() -> digests.of(syscalls, file, gone));
        assertThat(asked).hasValue(3);
    }
}
