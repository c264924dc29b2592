package org.bpfgate.integrity.hash.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.AllowlistEvaluation;
import org.bpfgate.integrity.hash.internal.list.DigestList;
import org.bpfgate.integrity.hash.internal.list.Lists;
import org.bpfgate.integrity.hash.internal.list.RecordedSets;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each list keeps its own last good state; a list whose signer is not trusted any more keeps none that lets programs in. */
class ABadListKeepsOnlyItselfBackTest {
    private static final String NOT_A_DIGEST = ":1:1: the line does not begin with a digest of 64 hexadecimal digits";

    @TempDir
    private Path directory;

    private final ToySigner signer = new ToySigner();
    private @Nullable ToySigner present = signer;
    private final HeardEvents events = new HeardEvents();
    private final RecordedSets module = new RecordedSets();
    private final AllowlistManager lists = new AllowlistManager(module, new AllowlistLoader(() -> present), events);
    private Path allowed;
    private Path revoked;

    @BeforeEach
    void files() throws IOException {
        allowed = write("allowed", entry(1));
        revoked = write("revoked", "");
    }

    @Test
    void aBrokenAllowlistDoesNotKeepARevocationOut() throws IOException, AllowlistException {
        use();
        write("allowed", "oops\n");
        write("revoked", entry(1));
        int before = module.publications();
        lists.reloadIfChanged();
        assertThat(module.publications()).as("all changes come in one write").isEqualTo(before + 1);
        assertThat(verdict(1)).startsWith("UNEXPECTED (revoked: ");
        assertThat(events.problems()).containsExactly(allowed + NOT_A_DIGEST);
    }

    @Test
    void aBrokenRevocationListGoesOnRevoking() throws IOException, AllowlistException {
        write("revoked", entry(1));
        use();
        write("revoked", "oops\n");
        write("allowed", entry(1) + entry(2));
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("UNEXPECTED (revoked: ");
        assertThat(verdict(2)).startsWith("OK");
        assertThat(events.problems()).containsExactly(revoked + NOT_A_DIGEST);
    }

    /** As an interrupted write leaves it. */
    @Test
    void aRevocationListThatIsEmptiedGoesOnRevokingUntilItIsConfiguredAgain() throws IOException, AllowlistException {
        write("revoked", entry(1));
        use();
        for (String emptied : List.of("", "# nothing\n")) {
            write("revoked", emptied);
            lists.reloadIfChanged();
            assertThat(verdict(1)).startsWith("UNEXPECTED (revoked: ");
        }
        assertThat(events.problems())
                .isNotEmpty()
                .allSatisfy(
                        problem -> assertThat(problem).startsWith(revoked + ":1:1: revoked programs and has no entry"));
        assertThat(lists.revokingNothing()).isEmpty();
        use();
        assertThat(verdict(1)).startsWith("OK");
        assertThat(lists.revokingNothing()).containsExactly(revoked);
    }

    @Test
    void allProblemsAreToldAndEachIsToldOnce() throws IOException, AllowlistException {
        use();
        events.lines.clear();
        write("allowed", "oops\n");
        Files.delete(revoked);
        lists.reloadIfChanged();
        lists.reloadIfChanged();
        assertThat(events.problems())
                .containsExactlyInAnyOrder(
                        allowed + NOT_A_DIGEST, revoked + ":1:1: cannot be read: there is no such file");
        assertThat(events.lines)
                .containsExactlyInAnyOrder(
                        "refused " + allowed + NOT_A_DIGEST + "; the list stays as it was",
                        "refused " + revoked + ":1:1: cannot be read: there is no such file; the list stays as it was");
        assertThat(verdict(1)).startsWith("OK");
        write("allowed", entry(2));
        lists.reloadIfChanged();
        assertThat(events.problems()).hasSize(1);
        assertThat(verdict(2)).startsWith("OK");
    }

    @Test
    void onlyWhatChangedIsReadAgain() throws IOException, AllowlistException {
        use();
        DigestList kept = module.last().allowed().getFirst();
        write("revoked", entry(3));
        lists.reloadIfChanged();
        assertThat(module.last().allowed().getFirst()).isSameAs(kept);
        int before = module.publications();
        lists.reloadIfChanged();
        assertThat(module.publications()).isEqualTo(before);
    }

    @Test
    void aFileThatBecomesReadableIsNoticedThoughItsContentIsTheSame() throws IOException, AllowlistException {
        use();
        FileStamp before = FileStamp.of(allowed);
        Files.setPosixFilePermissions(allowed, Set.of());
        assertThat(FileStamp.of(allowed)).isNotEqualTo(before);
    }

    @Test
    void anUnsignedListDoesNotReplaceOneThatMustBeSigned() throws IOException, AllowlistException {
        signer.trust('A');
        sign("allowed", 'A', entry(1));
        lists.use(new AllowlistPaths(List.of(allowed), List.of(), true));
        write("allowed", entry(2));
        lists.reloadIfChanged();
        assertThat(events.problems()).containsExactly(allowed + ":1:1: is not signed, and lists must be");
        assertThat(verdict(1)).startsWith("OK");
        assertThat(verdict(2)).startsWith("UNEXPECTED");
    }

    @Test
    void aListWhoseSignerLeavesTheKeyringLetsNothingIn() throws IOException, AllowlistException {
        signer.trust('A');
        sign("allowed", 'A', entry(1));
        use();
        assertThat(verdict(1)).startsWith("OK");
        signer.trust();
        lists.reloadIfChanged();
        assertThat(verdict(1))
                .isEqualTo("UNSIGNED (list-distrusted: listed only in " + allowed
                        + ", which is signed by CN=A, who is not trusted any more)");
        assertThat(verdict(2)).as("its names do not count either").isEqualTo("UNSIGNED (never listed)");
        assertThat(events.lines)
                .last()
                .isEqualTo("refused " + allowed
                        + ":1:1: BADSIG: the signer is not in the keyring; it lets nothing in any more");
        signer.trust('A');
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("OK");
        assertThat(events.problems()).isEmpty();
    }

    @Test
    void norDoesItWhenItsFileIsBrokenAtTheSameTime() throws IOException, AllowlistException {
        signer.trust('A');
        sign("allowed", 'A', entry(1));
        use();
        write("allowed", "oops\n");
        lists.reloadIfChanged();
        assertThat(verdict(1)).as("only broken").startsWith("OK");
        signer.trust();
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("UNSIGNED (list-distrusted: listed only in ");
        signer.trust('A');
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("OK");
        assertThat(events.problems()).containsExactly(allowed + NOT_A_DIGEST);
    }

    @Test
    void aRevocationListWhoseSignerLeavesTheKeyringGoesOnRevoking() throws IOException, AllowlistException {
        signer.trust('A');
        sign("revoked", 'A', entry(1));
        use();
        signer.trust();
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("UNEXPECTED (revoked: ");
        assertThat(events.problems()).containsExactly(revoked + ":1:1: BADSIG: the signer is not in the keyring");
    }

    @Test
    void whileNobodyJudgesSignaturesTheLastJudgementHolds() throws IOException, AllowlistException {
        signer.trust('A');
        sign("allowed", 'A', entry(1));
        use();
        present = null;
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("OK");
        assertThat(events.problems())
                .containsExactly(allowed + ":1:1: is signed, and no verifier of signed texts is here");
        present = signer;
        signer.trust();
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("UNSIGNED");
        present = null;
        lists.reloadIfChanged();
        assertThat(verdict(1))
                .as("nobody says that the signer is trusted again")
                .startsWith("UNSIGNED");
    }

    @Test
    void anotherReaderThatBeginsItsGenerationsAnewIsNoticed() throws IOException, AllowlistException {
        signer.trust('A');
        sign("allowed", 'A', entry(1));
        use();
        ToySigner restarted = new ToySigner();
        restarted.trust('B');
        assertThat(restarted.keyringGeneration()).isEqualTo(signer.keyringGeneration());
        present = restarted;
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("UNSIGNED");
    }

    @Test
    void aNewSignerBringsTheListThatWasRefusedBefore() throws IOException, AllowlistException {
        signer.trust('A');
        sign("allowed", 'A', entry(1));
        use();
        sign("allowed", 'B', entry(2));
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("OK");
        signer.trust('A', 'B');
        lists.reloadIfChanged();
        assertThat(verdict(2)).startsWith("OK");
        assertThat(events.problems()).isEmpty();
    }

    @Test
    void alsoWhenTheListBeforeItWasNotSigned() throws IOException, AllowlistException {
        use();
        sign("allowed", 'B', entry(2));
        lists.reloadIfChanged();
        assertThat(verdict(1)).startsWith("OK");
        signer.trust('B');
        lists.reloadIfChanged();
        assertThat(verdict(2)).startsWith("OK");
    }

    @Test
    void aBadListAtTheStartIsRefusedAsAWhole() throws IOException {
        write("revoked", "oops\n");
        assertThatThrownBy(this::use).isInstanceOf(AllowlistException.class).hasMessage(revoked + NOT_A_DIGEST);
        assertThat(module.publications()).isZero();
    }

    private void use() throws AllowlistException {
        lists.use(new AllowlistPaths(List.of(allowed), List.of(revoked), false));
    }

    private String verdict(int number) {
        return AllowlistEvaluation.of(
                        Lists.load("count", ProgramType.XDP, Lists.returning(number)), module.last(), Instant.now())
                .toString();
    }

    private static String entry(int number) {
        return Lists.hex(Lists.returning(number)) + "  count # type=xdp\n";
    }

    private void sign(String name, char by, String text) throws IOException {
        replace(name, ToySigner.message(by, text));
    }

    private Path write(String name, String text) throws IOException {
        return replace(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path replace(String name, byte[] content) throws IOException {
        Path draft = Files.write(directory.resolve("draft"), content);
        return Files.move(draft, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
