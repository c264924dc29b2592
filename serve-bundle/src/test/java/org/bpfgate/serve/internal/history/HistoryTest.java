package org.bpfgate.serve.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes survive a restart, a crash in the middle of a line costs that line, and the file has bounds. */
class HistoryTest {
    private static final Instant TIME = Instant.parse("2026-11-28T00:00:00Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = directory.resolve("history.jsonl");
    }

    @Test
    void changesAreReadAgain() {
        History first = History.in(file);
        first.add(change(1));
        first.add(change(2));
        assertThat(History.in(file).changes())
                .containsExactly(change(1), change(2))
                .isEqualTo(first.changes());
    }

    @Test
    void aTornLineIsLeftOutAndSpoilsNoOther() throws Exception {
        History.in(file).add(change(1));
        Files.writeString(file, "{\"time\":\"2026-11", StandardOpenOption.APPEND);
        History after = History.in(file);
        assertThat(after.changes()).containsExactly(change(1));
        after.add(change(2));
        assertThat(History.in(file).changes()).containsExactly(change(1), change(2));
    }

    @Test
    void whatIsNoChangeIsLeftOut() throws Exception {
        Files.write(file, List.of("", "null", "[]", "{}", "{\"time\":\"x\"}", "\u0000"));
        assertThat(History.in(file).changes()).isEmpty();
    }

    @Test
    void theFileHasBounds() throws Exception {
        History history = History.in(file);
        int count = 5 * History.KEPT;
        for (int i = 1; i <= count; i++) {
            history.add(change(i));
        }
        List<Change> kept = History.in(file).changes();
        assertThat(kept).hasSize(History.KEPT).last().isEqualTo(change(count));
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(2 * History.KEPT);
    }

    @Test
    void aLongTextIsCutAndOneLine() throws Exception {
        History.in(file).add(new Change(TIME, 0, 1, "a\n\u0001" + "x".repeat(100_000), 1, 2));
        assertThat(Files.readAllLines(file))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(1200));
    }

    @Test
    void aChangeCountsWhereNothingCanBeWritten() throws Exception {
        History history = History.in(directory.resolve("missing/history.jsonl"));
        history.add(change(1));
        assertThat(history.changes()).containsExactly(change(1));
    }

    private static Change change(int number) {
        return new Change(TIME, 0, 17, "install org.example.m " + number, number, number + 1L);
    }
}
