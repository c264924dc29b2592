package org.bpfgate.integrity.sig.internal.nativesig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.TestMap;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.UsedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule of 2026, {@code metadata}, beside the rule of Linux 6.18, {@code loader}. */
class BoundMapsAreSignedWithTheProgramTest {
    private static final byte[] CODE = new byte[16];
    private static final String METADATA = "metadata";
    private static final String LOADER = "loader";
    private static final String NONE = "none";

    @TempDir
    static Path directory;

    static Identity signer;
    static Keyrings keyrings;

    @BeforeAll
    static void prepare() throws Exception {
        signer = new Openssl(directory).selfSigned("signer", "P-256");
        keyrings = KeyringsReader.read(List.of(signer.certificateFile()));
    }

    private static TestMap shared(TestMap map) {
        map.exclusive = false;
        return map;
    }

    private static TestMap unbound(TestMap map) {
        map.bound = false;
        return map;
    }

    static Stream<Arguments> rows() {
        TestMap a = TestMap.of(1);
        TestMap b = TestMap.of(2);
        return Stream.of(
                row("instructions, no map", List.of(), List.of(), LOADER, "verified"),
                row("instructions and one map", List.of(a), List.of(a), METADATA, "verified"),
                row("two maps in their order", List.of(a, b), List.of(a, b), METADATA, "verified"),
                row("two maps in another order", List.of(a, b), List.of(b, a), NONE, "digest-mismatch"),
                row("instructions only, a bound map", List.of(), List.of(a), LOADER, "verified"),
                row("a map that the load does not have", List.of(a), List.of(), NONE, "digest-mismatch"),
                row("a map more than signed", List.of(a), List.of(a, b), NONE, "digest-mismatch"),
                row("other contents", List.of(a), List.of(b), NONE, "digest-mismatch"),
                row("not frozen", List.of(a), List.of(TestMap.of(1).unfrozen()), NONE, "unfrozen-map"),
                row("not exclusive", List.of(a), List.of(shared(TestMap.of(1))), NONE, "shared-map"),
                row("not an array", List.of(a), List.of(TestMap.of(1).ofType(1)), NONE, "unhashable-map"),
                row("not bound", List.of(a), List.of(unbound(TestMap.of(1))), NONE, "digest-mismatch"),
                row("an unbound map beside it", List.of(a), List.of(a, unbound(TestMap.of(2))), METADATA, "verified"),
                row(
                        "not frozen, instructions only",
                        List.of(),
                        List.of(TestMap.of(1).unfrozen()),
                        LOADER,
                        "verified"));
    }

    private static Arguments row(String name, List<TestMap> signed, List<UsedMap> maps, String contract, String code) {
        return Arguments.of(name, signed, maps, contract, code);
    }

    private static byte[] content(List<TestMap> maps) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(CODE);
        maps.forEach(map -> out.writeBytes(map.contents().orElseThrow()));
        return out.toByteArray();
    }

    private static ProgramLoad load(List<UsedMap> maps, byte[] signature) {
        return ProgramLoad.of(new BpfProgram("", ProgramType.SYSCALL, Instructions.of(CODE), maps))
                .withKeyring(KeyringId.USER)
                .withSignature(signature);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("rows")
    void contract(String name, List<TestMap> signed, List<UsedMap> maps, String contract, String code) {
        byte[] content = content(signed);
        IntegrityReport report = Reported.byNative(keyrings, load(maps, new Forge(signer, content).build(content)));
        boolean good = !contract.equals(NONE);
        assertThat(report.verdict())
                .as(report.toString())
                .isEqualTo(good ? IntegrityVerdict.OK : IntegrityVerdict.BADSIG);
        assertThat(report.contract().orElse(NONE)).isEqualTo(contract);
        assertThat(report.code()).contains(code);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("rows")
    void theSameWithoutSignedAttributes(
            String name, List<TestMap> signed, List<UsedMap> maps, String contract, String code) {
        byte[] content = content(signed);
        Forge forge = new Forge(signer, content);
        forge.attributes = List.of();
        IntegrityReport report = Reported.byNative(keyrings, load(maps, forge.build(content)));
        assertThat(report.contract().orElse(NONE)).as(report.toString()).isEqualTo(contract);
    }

    @Test
    void theReportSaysWhatIsCovered() {
        TestMap map = TestMap.of(1);
        byte[] content = content(List.of(map));
        IntegrityReport metadata =
                Reported.byNative(keyrings, load(List.of(map), new Forge(signer, content).build(content)));
        assertThat(metadata.coverage().orElseThrow().mapsSigned()).isEqualTo(1);
        assertThat(metadata.coverage().orElseThrow().mapsMatched()).isEqualTo(1);
        IntegrityReport loader = Reported.byNative(keyrings, load(List.of(map), new Forge(signer, CODE).build(CODE)));
        assertThat(loader.coverage().orElseThrow().extent().label()).isEqualTo("instructions");
        assertThat(loader.reason()).contains("not the bound maps");
    }

    @Test
    void mapsAboveTheKernelsLimitAreRefusedUnread() {
        TestMap huge = new TestMap(new byte[16 << 20]);
        byte[] signature = new Forge(signer, CODE).build(CODE);
        assertThat(Reported.byNative(keyrings, load(List.of(huge), signature)).contract())
                .contains(LOADER);
        byte[] wrong = new Forge(signer, new byte[8]).build(new byte[8]);
        assertThat(Reported.byNative(keyrings, load(List.of(huge), wrong)).reason())
                .endsWith("; E2BIG");
    }
}
