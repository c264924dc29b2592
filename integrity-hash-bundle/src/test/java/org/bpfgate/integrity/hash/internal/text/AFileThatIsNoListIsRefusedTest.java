package org.bpfgate.integrity.hash.internal.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AFileThatIsNoListIsRefusedTest {
    @TempDir
    private Path directory;

    @Test
    void missing() {
        refuses(directory.resolve("none"), "cannot be read: there is no such file");
    }

    @Test
    void directory() {
        refuses(directory, "is a directory, not a list");
    }

    @Test
    void device() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/zero")), "this machine has no /dev/zero");
        refuses(Path.of("/dev/zero"), "is a pipe, a device or a socket; a list is a regular file");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeThatNobodyWritesTo() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "this machine has no /usr/bin/mkfifo");
        Path pipe = directory.resolve("pipe");
        new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor();
        refuses(pipe, "is a pipe, a device or a socket; a list is a regular file");
    }

    @Test
    void linkToItself() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertThatThrownBy(() -> AllowlistFile.read(link)).hasMessageStartingWith(link + ":1:1: cannot be read: ");
    }

    @Test
    void unreadable() throws IOException {
        Path list = Files.createFile(directory.resolve("secret"));
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("-w-------"));
        Assumptions.assumeFalse(Files.isReadable(list), "this user may read every file");
        refuses(list, "cannot be read: permission denied");
    }

    @Test
    void larger() throws IOException {
        Path list = directory.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(list.toFile(), "rw")) {
            file.setLength(AllowlistFile.MAX_SIZE + 1L);
        }
        refuses(list, "is larger than 64 MiB");
    }

    private static void refuses(Path list, String defect) {
        assertThatThrownBy(() -> AllowlistFile.read(list))
                .isInstanceOf(AllowlistException.class)
                .hasMessage(list + ":1:1: " + defect);
    }
}
