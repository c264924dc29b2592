package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.differential.CanonicalForm;
import org.bpfgate.integrity.sig.differential.Case;
import org.bpfgate.integrity.sig.differential.Mutations;
import org.bpfgate.integrity.sig.differential.Oracle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Judges mutated messages here and by OpenSSL. The number of them is the system property {@code bpfgate.differential}
 * (default 10,000), half of them with a fixed seed and half with {@code bpfgate.differential.seed} (default: any).
 */
class DisagreementsWithOpensslAreExplainedTest {
    private static final int BATCH = 10_000;

    /** Parts of this gate's reasons, and the classes that docs/verifiers-differential.md explains. */
    private static final Map<String, String> CLASSES = Map.of(
            "is not a PKCS#7 message that the kernel accepts", "not readable",
            "a certificate in the message is not signed by", "chain",
            "names an issuer of the keyring", "chain",
            "the signature does not verify with the key", "signature",
            "is not in the keyring", "keyring",
            "the signing time lies outside", "signing time");

    @TempDir
    static Path directory;

    static Bench bench;
    static List<Case> corpus;
    static Oracle oracle;
    static String documented;

    private final Map<String, Integer> classes = new TreeMap<>();

    @BeforeAll
    static void prepare() throws Exception {
        bench = new Bench(directory);
        corpus = corpus();
        Path trusted = directory.resolve("trusted.pem");
        Files.writeString(
                trusted, Files.readString(bench.rsa.certificateFile()) + Files.readString(bench.ec.certificateFile()));
        oracle = Oracle.compile(directory, trusted);
        documented = Files.readString(Path.of("../docs/verifiers-differential.md"));
    }

    private static List<Case> corpus() {
        List<Case> cases = new ArrayList<>();
        for (Identity signer : List.of(bench.rsa, bench.ec, bench.stranger)) {
            for (String options : List.of(
                    "-nosmimecap",
                    "-nosmimecap -nocerts",
                    "-noattr -nocerts",
                    "-noattr -nocerts -keyid",
                    "-noattr -md sha512",
                    "-nosmimecap -nocerts -keyid -md sha384")) {
                cases.add(new Case(bench.openssl.cms(bench.code, signer, options.split(" ")), bench.code));
            }
            Forge forge = new Forge(signer, bench.code).withHornet(Forge.entries(32, 32));
            cases.add(new Case(forge.build(bench.code), bench.code));
            forge.indefinite = true;
            cases.add(new Case(forge.build(bench.code), bench.code));
        }
        cases.add(new Case(twoSigners(), bench.code));
        return cases;
    }

    private static byte[] twoSigners() {
        Forge first = new Forge(bench.stranger, bench.code);
        Forge second = new Forge(bench.ec, bench.code);
        return first.message(List.of(first.signerInfo(bench.code), second.signerInfo(bench.code)));
    }

    static Stream<Long> seeds() {
        return Stream.of(
                1L,
                Long.getLong(
                        "bpfgate.differential.seed", ThreadLocalRandom.current().nextLong()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noMessageIsAcceptedHereThatOpensslRefuses(long seed) throws Exception {
        Mutations mutations = new Mutations(corpus, seed);
        int count = Integer.getInteger("bpfgate.differential", BATCH) / 2;
        for (int done = 0; done < count; done += BATCH) {
            compare(mutations, Math.min(BATCH, count - done));
        }
        System.out.println("differential, seed " + seed + ", " + count + " messages:");
        classes.forEach((what, times) -> System.out.println("  " + times + "  " + what));
        assertThat(classes.keySet()).allSatisfy(what -> assertThat(documented).contains("`" + what + "`"));
    }

    private void compare(Mutations mutations, int count) throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(mutations.next());
        }
        List<String> theirs = oracle.ask(cases);
        List<Case> refusedByThem = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            IntegrityReport ours =
                    bench.verify(cases.get(i).content(), cases.get(i).message());
            boolean good = theirs.get(i).equals(Oracle.GOOD);
            if (isGood(ours) == good) {
                count(good ? "both accept" : "both refuse");
            } else if (good) {
                count("refused here: " + classOf(ours.reason()));
            } else {
                count("refused there: " + theirs.get(i));
                refusedByThem.add(cases.get(i));
            }
        }
        requireCanonicalFormsGood(refusedByThem);
    }

    /** A reason that belongs to no class is one of its own, which no document explains. */
    private static String classOf(String reason) {
        for (Map.Entry<String, String> each : CLASSES.entrySet()) {
            if (reason.contains(each.getKey())) {
                return each.getValue();
            }
        }
        return reason;
    }

    private static boolean isGood(IntegrityReport report) {
        return report.verdict() == IntegrityVerdict.OK || report.verdict() == IntegrityVerdict.PARTIALSIG;
    }

    private void count(String what) {
        classes.merge(what, 1, Integer::sum);
    }

    /** What is accepted here has a signer whom OpenSSL accepts too, once everything unsigned is written plainly. */
    private static void requireCanonicalFormsGood(List<Case> cases) throws Exception {
        for (Case each : cases) {
            assertThat(oracle.ask(CanonicalForm.of(each)))
                    .as("accepted here only: " + HexFormat.of().formatHex(each.message()))
                    .contains(Oracle.GOOD);
        }
    }
}
