package org.bpfgate.kernel.internal.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestJournalTest {
    private static final int TID = 8;

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("journal");
    }

    private static RequestJournal.Slot write(RequestJournal journal, long id, long tid) {
        RequestJournal.Slot slot = journal.take();
        NativeBuffer buffer = slot.buffer();
        buffer.putLong(0, id);
        buffer.putInt(TID, (int) tid);
        return slot;
    }

    private static List<Long> written(Path file) throws IOException {
        List<Long> ids = new ArrayList<>();
        byte[] content = Files.readAllBytes(file);
        assertThat(content).hasSize(RequestJournal.SLOTS * RequestJournal.SLOT_SIZE);
        for (int i = 0; i < content.length; i += RequestJournal.SLOT_SIZE) {
            if (content[i] != 0) {
                ids.add((long) content[i]);
            }
        }
        return ids;
    }

    @Test
    void requestsThatHaveNoAnswerAreInTheFile() throws IOException {
        RequestJournal journal = RequestJournal.begin(file());
        RequestJournal.Slot first = write(journal, 1, 1);
        write(journal, 2, 1);
        assertThat(written(file())).containsExactlyInAnyOrder(1L, 2L);
        first.clear();
        assertThat(written(file())).containsExactly(2L);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void theNextGatePassesOnWhatStillMayWait() throws IOException {
        long self = ProcessHandle.current().pid();
        RequestJournal journal = RequestJournal.begin(file());
        write(journal, 1, self);
        write(journal, 2, Integer.MAX_VALUE);
        write(journal, 3, self);
        // Nobody's listener comes.
        for (int gate = 0; gate < 3; gate++) {
            RequestJournal.begin(file());
            assertThat(written(file())).containsExactlyInAnyOrder(1L, 3L);
        }
        RequestJournal.begin(file());
        assertThat(written(file())).isEmpty();
    }

    @Test
    void moreRequestsThanThereIsRoomForAreNotWritten() throws IOException {
        RequestJournal journal = RequestJournal.begin(file());
        List<RequestJournal.Slot> slots = new ArrayList<>();
        for (int i = 0; i < RequestJournal.SLOTS + 10; i++) {
            slots.add(write(journal, 1, 1));
        }
        assertThat(written(file())).hasSize(RequestJournal.SLOTS);
        slots.forEach(RequestJournal.Slot::clear);
        assertThat(written(file())).isEmpty();
        write(journal, 5, 1);
        assertThat(written(file())).containsExactly(5L);
    }

    @Test
    void aFileThatIsNoneIsBegunAnew() throws IOException {
        Files.writeString(file(), "x".repeat(1000));
        RequestJournal.begin(file());
        assertThat(written(file())).isEmpty();
        Path missing = directory.resolve("no/journal");
        assertThatThrownBy(() -> RequestJournal.begin(missing)).isInstanceOf(IOException.class);
    }

    @Test
    void aJournalOfNothingHasRoomAlways() {
        RequestJournal journal = RequestJournal.none();
        RequestJournal.Slot slot = journal.take();
        slot.clear();
        assertThat(journal.take()).isSameAs(slot);
    }
}
