package org.bpfgate.policy.ipe.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a thread of its own, because opening a FIFO cannot be interrupted. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AFileThatIsNoPolicyGivesOneClearErrorTest {
    private static final byte[] POLICY =
            "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n#".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void forADirectory() {
        assertThat(error(directory)).isEqualTo(directory + ": not a regular file");
    }

    @Test
    void forAFifoWithoutWaitingForAWriter() throws Exception {
        Path fifo = directory.resolve("fifo");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no /usr/bin/mkfifo");
        new ProcessBuilder("/usr/bin/mkfifo", fifo.toString()).start().waitFor();

        assertThat(error(fifo)).isEqualTo(fifo + ": not a regular file");
    }

    @Test
    void forADeviceWithoutEnd() {
        Path zero = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(zero), "there is no /dev/zero");

        assertThat(error(zero)).isEqualTo("/dev/zero: not a regular file");
    }

    @Test
    void forOneByteMoreThanTheLimit() throws Exception {
        Path largest = Files.write(directory.resolve("largest"), padded(PolicyFile.MAX_SIZE));
        Path larger = Files.write(directory.resolve("larger"), padded(PolicyFile.MAX_SIZE + 1));

        Policy policy = PolicyFile.read(largest.toString(), null);

        assertThat(policy.header().name()).isEqualTo("p");
        assertThat(error(larger)).isEqualTo(larger + ": larger than 32 MiB");
    }

    @Test
    void forOneThatMustNotBeRead() throws IOException {
        Path secret = Files.write(directory.resolve("secret"), POLICY);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(secret), "the user of this test may read every file");

        assertThat(error(secret)).isEqualTo(secret + ": permission denied");
    }

    @Test
    void forAPathThatIsNone() {
        assertThat(error("a\0b")).startsWith("the path of the policy is not a path: ");
    }

    @Test
    void forAnEmptyFile() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));

        assertThat(error(empty))
                .startsWith(empty + ":1:1: expected policy_name=NAME")
                .endsWith("(EBADMSG)");
    }

    private static byte[] padded(int size) {
        byte[] text = Arrays.copyOf(POLICY, size);
        Arrays.fill(text, POLICY.length, size, (byte) 'c');
        return text;
    }

    private static String error(Path path) {
        return error(path.toString());
    }

    private static String error(String path) {
        return String.valueOf(catchThrowableOfType(PolicyFileException.class, () -> PolicyFile.read(path, null))
                .getMessage());
    }
}
