package org.bpfgate.integrity.hash.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.DigestList;
import org.bpfgate.integrity.hash.internal.list.RecordedSets;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replaces a list and has lost too many entries is not in force before somebody says that it is meant. */
class ASmallerListIsTakenOnlyWhenThatIsMeantTest {
    private static final int HALF = 50;

    @TempDir
    private Path directory;

    private final RecordedSets module = new RecordedSets();
    private final HeardEvents events = new HeardEvents();
    private AllowlistManager lists;
    private Path allowed;
    private Path revoked;

    @BeforeEach
    void start() throws IOException {
        lists = new AllowlistManager(module, new AllowlistLoader(() -> null), events);
        allowed = write("allowed", 10);
        revoked = write("revoked", 4);
    }

    /** Writes a list with so many entries beside the file, and renames it. */
    private Path write(String name, int entries) throws IOException {
        Path next = directory.resolve(name + ".next");
        Files.writeString(
                next,
                IntStream.range(0, entries)
                        .mapToObj("%064x  program\n"::formatted)
                        .collect(Collectors.joining()));
        return Files.move(next, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path state() {
        return directory.resolve("state");
    }

    private LossRule directories(int mostLost) {
        return new LossRule(mostLost, true, false, false, state());
    }

    private static LossRule settings(int mostLost) {
        return new LossRule(mostLost, false, false, false, null);
    }

    private void use(LossRule rule, List<Path> allow, List<Path> revoke) throws AllowlistException {
        lists.use(new AllowlistPaths(allow, revoke, false, true, rule));
    }

    private List<Long> inForce(boolean revokes) {
        return (revokes ? module.last().revoked() : module.last().allowed())
                .stream()
                        .map(DigestList::provenance)
                        .map(each -> each.entries())
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "50, 10, 5, true",
        "50, 10, 4, false",
        "50, 1, 0, false",
        "50, 2, 1, true",
        "50, 3, 1, false",
        "50, 0, 0, true",
        "50, 4, 400, true",
        "0, 10, 9, false",
        "0, 10, 10, true",
        "100, 10, 0, true",
        "99, 1000, 10, true",
        "99, 1000, 9, false",
    })
    void aFileThatLosesMoreThanItsShareStaysOut(int mostLost, int before, int after, boolean isTaken) throws Exception {
        write("allowed", before);
        use(settings(mostLost), List.of(allowed), List.of());
        write("allowed", after);
        lists.reloadIfChanged();
        assertThat(inForce(false)).containsExactly((long) (isTaken ? after : before));
        assertThat(events.problems()).hasSize(isTaken ? 0 : 1);
    }

    @Test
    void theProblemHasTheFiguresAndTheCommand() throws Exception {
        use(directories(HALF), List.of(allowed), List.of(revoked));
        write("revoked", 1);
        lists.reloadIfChanged();
        assertThat(inForce(true)).containsExactly(4L);
        assertThat(events.problems())
                .containsExactly(
                        revoked + ":1:1: has 1 entry in place of 4, and a list may lose 50 % (most.lost); if that is"
                                + " meant: bpfgate settings org.bpfgate.allowlist --accept-smaller");
        // The other list goes on being followed, and this one too.
        write("allowed", 12);
        lists.reloadIfChanged();
        assertThat(inForce(false)).containsExactly(12L);
        write("revoked", 3);
        lists.reloadIfChanged();
        assertThat(inForce(true)).containsExactly(3L);
        assertThat(events.problems()).isEmpty();
    }

    @Test
    void readingTheSettingsAgainAcceptsNothingAndAcceptingDoes() throws Exception {
        use(directories(HALF), List.of(allowed), List.of());
        write("allowed", 1);
        lists.reloadIfChanged();
        use(directories(HALF), List.of(allowed), List.of());
        assertThat(inForce(false)).containsExactly(10L);
        assertThat(events.problems()).hasSize(1);
        use(directories(LossRule.ANY), List.of(allowed), List.of());
        use(directories(HALF), List.of(allowed), List.of());
        assertThat(inForce(false)).containsExactly(1L);
        assertThat(events.problems()).isEmpty();
    }

    @Test
    void aListThatIsGoneFromItsDirectoryStaysInForceAndOthersAreTaken() throws Exception {
        use(directories(HALF), List.of(allowed), List.of(revoked));
        Files.delete(revoked);
        lists.reloadIfChanged();
        Path more = write("more", 1);
        use(directories(HALF), List.of(allowed), List.of(more));
        assertThat(inForce(true)).containsExactlyInAnyOrder(1L, 4L);
        lists.reloadIfChanged();
        assertThat(events.problems())
                .singleElement()
                .asString()
                .startsWith(revoked + ":1:1: is no list any more, and has 4 entries");
        use(directories(LossRule.ANY), List.of(allowed), List.of(more));
        assertThat(inForce(true)).containsExactly(1L);
        assertThat(events.problems()).isEmpty();
    }

    @Test
    void aListThatIsEmptiedByItsDirectoryIsNotMeantToBeNone() throws Exception {
        use(directories(HALF), List.of(allowed), List.of(revoked));
        use(directories(HALF), List.of(allowed), List.of());
        assertThat(inForce(true)).containsExactly(4L);
    }

    @Test
    void anotherNameIsNoLoss() throws Exception {
        use(directories(HALF), List.of(allowed), List.of());
        Path renamed = Files.move(allowed, directory.resolve("renamed"));
        use(directories(HALF), List.of(renamed), List.of());
        assertThat(inForce(false)).containsExactly(10L);
        assertThat(events.problems()).isEmpty();
    }

    @Test
    void settingsThatWouldLoseTooMuchAreRefusedWhole() throws Exception {
        use(settings(HALF), List.of(allowed), List.of(revoked));
        Path other = write("other", 1);
        assertThatExceptionOfType(AllowlistException.class)
                .isThrownBy(() -> use(settings(HALF), List.of(other), List.of(revoked)))
                .withMessageStartingWith(allowed + ":1:1: is no list any more")
                .withMessageEndingWith("change the settings with --accept-smaller");
        assertThat(inForce(false)).containsExactly(10L);
        use(new LossRule(HALF, false, true, false, null), List.of(), List.of(revoked));
        assertThat(inForce(false)).as("none says so on purpose").isEmpty();
    }

    /** A gate that starts has nothing in force. */
    private void restart() throws IOException {
        lists = new AllowlistManager(module, new AllowlistLoader(() -> null), events);
    }

    @Test
    void afterARestartFewerRevocationsAreNotTaken() throws Exception {
        use(directories(HALF), List.of(allowed), List.of(revoked));
        restart();
        write("revoked", 1);
        assertThatExceptionOfType(AllowlistException.class)
                .isThrownBy(() -> use(directories(HALF), List.of(allowed), List.of(revoked)))
                .withMessageContaining("since the last start has 1 entry in place of 4")
                .withMessageEndingWith("--accept-smaller");
        Files.delete(revoked);
        assertThatExceptionOfType(AllowlistException.class)
                .isThrownBy(() -> use(directories(HALF), List.of(allowed), List.of()));
        use(directories(LossRule.ANY), List.of(allowed), List.of());
        restart();
        use(directories(HALF), List.of(allowed), List.of());
        assertThat(inForce(true)).isEmpty();
    }

    @Test
    void afterARestartFewerAllowedProgramsAreAProblemUntilThatIsAccepted() throws Exception {
        use(directories(HALF), List.of(allowed), List.of());
        write("allowed", 1);
        for (int i = 0; i < 2; i++) {
            restart();
            use(directories(HALF), List.of(allowed), List.of());
            assertThat(inForce(false)).containsExactly(1L);
            assertThat(events.others())
                    .singleElement()
                    .asString()
                    .startsWith(allowed + ":1:1: since the last start has 1 entry in place of 10");
        }
        use(directories(LossRule.ANY), List.of(allowed), List.of());
        assertThat(events.others()).isEmpty();
        restart();
        use(directories(HALF), List.of(allowed), List.of());
        assertThat(events.others()).isEmpty();
    }

    @Test
    void countsThatCannotBeReadOrKeptAreSaidAndKeepNothingBack() throws Exception {
        Files.createDirectories(state());
        Files.writeString(state().resolve("counts"), "oops = many\n");
        use(directories(HALF), List.of(allowed), List.of(revoked));
        assertThat(events.others()).isEmpty();
        restart();
        Files.delete(state().resolve("counts"));
        Files.delete(state());
        Files.writeString(state(), "a file in the place of the directory");
        use(directories(HALF), List.of(allowed), List.of(revoked));
        assertThat(inForce(false)).containsExactly(10L);
        assertThat(events.others()).singleElement().asString().contains("counts cannot be written");
    }
}
