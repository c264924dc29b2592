package org.bpfgate.serve.internal.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other gates are in this JVM, which keeps a table of its own locks, as the kernel does of those of processes. */
class StateLockTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    @TempDir
    private Path directory;

    private @Nullable StateLock take() throws IOException, InterruptedException {
        return StateLock.take(directory, AT_ONCE);
    }

    @Test
    void isForOneGate() throws Exception {
        StateLock lock = requireNonNull(take());
        assertThat(lock.isComplete()).isTrue();
        assertThat(take()).isNull();
        assertThat(StateLock.takeLent(directory, AT_ONCE)).isNull();
        lock.close();
        requireNonNull(take()).close();
    }

    @Test
    void isLentToOneAndNoThirdOneComesBetween() throws Exception {
        StateLock old = requireNonNull(take());
        old.lend();
        assertThat(take()).isNull();
        StateLock next = requireNonNull(StateLock.takeLent(directory, AT_ONCE));
        assertThat(next.isComplete()).isFalse();
        assertThat(next.complete(AT_ONCE)).isFalse();
        assertThat(old.takeBack(AT_ONCE)).isFalse();
        assertThat(take()).isNull();
        old.close();
        assertThat(take()).isNull();
        assertThat(next.complete(AT_ONCE)).isTrue();
        assertThat(next.isComplete()).isTrue();
        next.close();
        requireNonNull(take()).close();
    }

    @Test
    void comesBackWhenTheOtherOneEnds() throws Exception {
        StateLock old = requireNonNull(take());
        old.lend();
        StateLock next = requireNonNull(StateLock.takeLent(directory, AT_ONCE));
        next.close();
        assertThat(take()).isNull();
        assertThat(old.takeBack(AT_ONCE)).isTrue();
        assertThat(StateLock.takeLent(directory, AT_ONCE)).isNull();
        old.close();
    }
}
