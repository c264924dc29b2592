package org.bpfgate.serve.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion that was interrupted leaves all files old, one that was completed all new. */
class PromotionJournalTest {
    @TempDir
    private Path root;

    private Path settings;
    private Path index;
    private PromotionJournal journal;

    @BeforeEach
    void make() throws IOException {
        settings = Files.createDirectory(root.resolve("conf.d"));
        Path state = Files.createDirectory(root.resolve("state"));
        index = Files.createDirectory(state.resolve("modules")).resolve("index.json");
        Files.writeString(settings.resolve("a.cfg"), "old");
        Files.writeString(index, "old");
        journal = new PromotionJournal(settings, state, new StoreFiles());
    }

    private void change() throws IOException {
        Files.writeString(settings.resolve("a.cfg"), "new");
        Files.writeString(settings.resolve("b.cfg"), "new");
        Files.writeString(index, "new");
    }

    @Test
    void anInterruptedOneIsUndone() throws IOException {
        journal.begin();
        change();
        journal.recover();
        assertThat(settings.resolve("a.cfg")).hasContent("old");
        assertThat(settings.resolve("b.cfg")).doesNotExist();
        assertThat(index).hasContent("old");
        change();
        journal.recover();
        assertThat(index).hasContent("new");
    }

    @Test
    void aCompletedOneStays() throws IOException {
        journal.begin();
        change();
        journal.close();
        journal.recover();
        assertThat(settings.resolve("a.cfg")).hasContent("new");
        assertThat(settings.resolve("b.cfg")).hasContent("new");
        assertThat(index).hasContent("new");
    }

    @Test
    void oneThatWasNeverOnTheDiskUndoesNothing() throws IOException {
        Files.createDirectory(root.resolve("state/promotion.new"));
        change();
        journal.recover();
        assertThat(index).hasContent("new");
        assertThat(root.resolve("state/promotion.new")).doesNotExist();
    }
}
