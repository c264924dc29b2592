package org.bpfgate.framework.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ARecordIsWrittenOrCountedAsLostTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final AuditLog log = new AuditLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void recordsAreInTheFileInTheirOrderAfterAFlush() throws IOException {
        Path file = directory.resolve("audit");
        log.writeTo(file, AuditFormat.JSON);
        for (int i = 1; i <= 1000; i++) {
            assertThat(log.record(new Note("n" + i))).isTrue();
        }

        assertThat(log.flush(LONG)).isTrue();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1000);
        assertThat(lines.get(999)).contains("\"sequence\":1000,").endsWith("\"note\":\"n1000\"}");
    }

    @Test
    void withoutAFileNobodyKeepsRecordsAndNoneIsLost() {
        assertThat(log.isOpen()).isFalse();
        assertThat(log.record(new Note("x"))).isFalse();
        assertThat(log.lost()).isZero();
        assertThat(log.failure()).isEmpty();
        assertThat(log.flush(LONG)).isTrue();
    }

    @Test
    void whenTheWriterHangsOffersReturnAtOnceAndTheFileSaysHowManyWereLost() throws IOException {
        Path file = directory.resolve("audit");
        log.writeTo(file, AuditFormat.KERNEL);
        CountDownLatch hang = new CountDownLatch(1);
        log.record(new Stuck(hang));
        int refused = 0;
        for (int i = 0; i < AuditWriter.BACKLOG + 9; i++) {
            refused += log.record(new Note("x")) ? 0 : 1;
        }

        assertThat(refused).isEqualTo(10);
        assertThat(log.lost()).isEqualTo(10);
        assertThat(log.waiting()).isBetween(1, AuditWriter.BACKLOG);
        assertThat(log.failure()).contains("does not take records as fast as they come: more than 8192 wait");
        hang.countDown();
        assertThat(log.flush(LONG)).isFalse();
        log.record(new Note("afterwards"));
        assertThat(log.flush(LONG)).isTrue();
        assertThat(Files.readAllLines(file))
                .anyMatch(line ->
                        line.startsWith("type=1316 ") && line.endsWith(": audit_lost=10 audit_backlog_limit=8192"));
    }

    @Test
    void aRecordThatCannotBeWordedIsLostAndTheOthersAreNot() throws IOException {
        Path file = directory.resolve("audit");
        log.writeTo(file, AuditFormat.KERNEL);
        log.record(new Stuck(new Unspeakable()));
        log.record(new Note("good"));

        assertThat(log.flush(LONG)).isFalse();
        assertThat(log.lost()).isEqualTo(1);
        assertThat(log.failure())
                .contains("lacks a record that cannot be worded: java.lang.IllegalStateException: provoked");
        assertThat(Files.readString(file)).contains("note=good");
    }

    @Test
    void aFullDiskLosesRecordsAndCountsThem() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "there is no /dev/full here");
        Losses lost = new Losses();
        try (AuditWriter writer = AuditWriter.start(
                new AuditFile(FileChannel.open(full, StandardOpenOption.WRITE)), AuditFormat.JSON, lost)) {
            writer.offer(new Note("x"));

            assertThat(writer.flush(LONG)).isTrue();
            assertThat(lost.count()).isEqualTo(1);
            assertThat(lost.reason()).contains("cannot be written: No space left on device");
        }
    }

    @Test
    void anotherFileTakesOverAndTheFirstGetsWhatWasItsOwn() throws Exception {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        log.writeTo(first, AuditFormat.JSON);
        log.record(new Note("one"));
        log.flush(LONG);
        log.writeTo(second, AuditFormat.JSON);
        log.record(new Note("two"));
        log.flush(LONG);

        assertThat(Files.readString(first)).contains("one").doesNotContain("two");
        assertThat(Files.readString(second)).contains("two").doesNotContain("one");
    }

    @Test
    void whatIsNoRegularFileIsRefusedAndTheOldFileStays() throws IOException {
        Path file = directory.resolve("audit");
        log.writeTo(file, AuditFormat.JSON);

        assertThatThrownBy(() -> log.writeTo(directory, AuditFormat.JSON)).hasMessage("not a regular file");
        log.record(new Note("still here"));
        log.flush(LONG);
        assertThat(Files.readString(file)).contains("still here");
    }

    private static final class Unspeakable extends CountDownLatch {
        Unspeakable() {
            super(1);
        }

        @Override
        public void await() {
            throw new IllegalStateException("provoked");
        }
    }

    /** A record that hangs while it is worded. */
    private record Stuck(CountDownLatch latch) implements AuditRecord {
        @Override
        public AuditType type() {
            return AuditType.BPF;
        }

        @Override
        public Optional<String> kernelText() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Optional.of("stuck=1");
        }

        @Override
        public void describe(JsonMembers json) {}
    }
}
