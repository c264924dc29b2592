package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.sig.Forge.entries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.Signer;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.jspecify.annotations.Nullable;

/**
 * Whoever trusts one certificate more accepts no message less, and every trusted signer is named. In mode strict this is so for every
 * message; in the compat modes, as in the kernel, for those of which every signature is good and every signer says the same.
 */
final class MoreTrustNeverTakesTrustAwayTest {
    private static final int SIGNERS = 4;

    private static @Nullable Bench prepared;
    private static final List<Identity> IDENTITIES = new ArrayList<>();
    private static final List<Keyrings> TRUST = new ArrayList<>();

    /** What one signer says of maps, and whether the signature is good. */
    enum Statement {
        NO_ATTRIBUTE,
        NO_MAP,
        MALFORMED,
        ANOTHER_MAP,
        BAD_SIGNATURE
    }

    /** A signer by its place among the identities. */
    record Part(int signer, Statement statement) {}

    @BeforeContainer
    static void prepare() throws IOException {
        Path directory = Files.createTempDirectory("trust");
        Bench bench = new Bench(directory);
        prepared = bench;
        for (int i = 0; i < SIGNERS; i++) {
            IDENTITIES.add(bench.openssl.selfSigned("signer" + i, "P-256"));
        }
        for (int set = 0; set < 1 << SIGNERS; set++) {
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < SIGNERS; i++) {
                if ((set & (1 << i)) != 0) {
                    files.add(IDENTITIES.get(i).certificateFile());
                }
            }
            TRUST.add(Bench.keyrings(files.toArray(Path[]::new)));
        }
    }

    private static Bench bench() {
        return Objects.requireNonNull(prepared);
    }

    @Provide
    Arbitrary<List<Part>> messages() {
        return Combinators.combine(Arbitraries.integers().between(0, SIGNERS - 1), Arbitraries.of(Statement.class))
                .as(Part::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(SIGNERS)
                .uniqueElements(Part::signer);
    }

    @Provide
    Arbitrary<List<Part>> harmoniousMessages() {
        return Arbitraries.of(Statement.NO_ATTRIBUTE, Statement.NO_MAP)
                .flatMap(statement -> Arbitraries.integers()
                        .between(0, SIGNERS - 1)
                        .map(signer -> new Part(signer, statement))
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(SIGNERS)
                        .uniqueElements(Part::signer));
    }

    @Property(tries = 400)
    void inModeStrictForEveryMessage(
            @ForAll("messages") List<Part> parts,
            @ForAll @IntRange(max = (1 << SIGNERS) - 1) int set,
            @ForAll @IntRange(max = SIGNERS - 1) int more) {
        assertMonotonic(HornetMode.STRICT, message(parts), set, set | (1 << more));
    }

    @Property(tries = 200)
    void inEveryModeWhereAllSignersAgree(
            @ForAll HornetMode mode,
            @ForAll("harmoniousMessages") List<Part> parts,
            @ForAll @IntRange(max = (1 << SIGNERS) - 1) int set,
            @ForAll @IntRange(max = SIGNERS - 1) int more) {
        assertMonotonic(mode, message(parts), set, set | (1 << more));
    }

    /** Counts for native too, which has no modes. */
    @Property(tries = 100)
    void everyTrustedSignerIsNamed(
            @ForAll HornetMode mode,
            @ForAll("harmoniousMessages") List<Part> parts,
            @ForAll @IntRange(min = 1, max = (1 << SIGNERS) - 1) int set) {
        Set<Signer> expected = new HashSet<>();
        parts.stream()
                .filter(part -> (set & (1 << part.signer())) != 0)
                .forEach(part ->
                        expected.add(IDENTITIES.get(part.signer()).certificate().asSigner()));
        Assume.that(!expected.isEmpty());
        byte[] message = message(parts);

        assertThat(report(mode, message, set).signers()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(Reported.byNative(TRUST.get(set), bench().load(bench().code).withSignature(message))
                        .signers())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void assertMonotonic(HornetMode mode, byte[] message, int less, int more) {
        IntegrityReport before = report(mode, message, less);
        IntegrityReport after = report(mode, message, more);
        assertThat(worth(after)).as("%s, then %s", before, after).isGreaterThanOrEqualTo(worth(before));
        assertThat(after.signers()).as("%s, then %s", before, after).containsAll(before.signers());
    }

    private static int worth(IntegrityReport report) {
        return report.verdict() == IntegrityVerdict.OK ? 2 : report.verdict() == IntegrityVerdict.PARTIALSIG ? 1 : 0;
    }

    private static IntegrityReport report(HornetMode mode, byte[] message, int set) {
        return Reported.byHornet(
                TRUST.get(set), mode, bench().load(bench().code).withSignature(message));
    }

    /** The signers stand in the order of DER, which mode strict demands; their serial numbers are random. */
    private static byte[] message(List<Part> parts) {
        List<byte[]> infos = new ArrayList<>();
        parts.forEach(part -> infos.add(signerInfo(part)));
        infos.sort(Arrays::compareUnsigned);
        return new Forge(IDENTITIES.getFirst(), bench().code).message(infos);
    }

    private static byte[] signerInfo(Part part) {
        Forge forge = new Forge(IDENTITIES.get(part.signer()), bench().code);
        forge.sorted = true;
        switch (part.statement()) {
            case NO_ATTRIBUTE -> {}
            case NO_MAP, BAD_SIGNATURE -> forge.withHornet(entries());
            case MALFORMED -> forge.withHornet(Der.element(0x31, new byte[] {5, 0}));
            case ANOTHER_MAP -> forge.withHornet(entries(32));
        }
        byte[] info = forge.signerInfo(bench().code);
        if (part.statement() == Statement.BAD_SIGNATURE) {
            info[info.length - 1] ^= 1;
        }
        return info;
    }
}
