package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.FAULT;
import static org.bpfgate.integrity.IntegrityVerdict.OK;
import static org.bpfgate.integrity.IntegrityVerdict.UNEXPECTED;
import static org.bpfgate.integrity.sig.Forge.octets;
import static org.bpfgate.integrity.sig.internal.hornet.HornetMode.COMPAT_N;
import static org.bpfgate.integrity.sig.internal.hornet.HornetMode.COMPAT_V7;
import static org.bpfgate.integrity.sig.internal.hornet.HornetMode.STRICT;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.TestMap;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.UsedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed about maps against the maps of the load: the verdict, and whether a descriptor is handed out. */
class MapsAreCheckedAsTheModeSaysTest {
    private static final byte[] A = TestMap.of(1).hash();
    private static final byte[] B = TestMap.of(2).hash();
    private static final byte[] NONE = {};

    @TempDir
    static Path directory;

    static Bench bench;

    @BeforeAll
    static void prepare() {
        bench = new Bench(directory);
    }

    private static List<byte[]> hashes(byte[]... hashes) {
        return List.of(hashes);
    }

    private static List<UsedMap> maps(UsedMap... maps) {
        return List.of(maps);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                // what is signed, the maps, then per mode the verdict, the word for it, and the descriptor
                row("nothing signed, no map", hashes(), maps(), COMPAT_N, OK, "verified", null),
                row("nothing signed, a frozen map", hashes(), maps(TestMap.of(1)), COMPAT_N, OK, "verified", null),
                row("frozen and equal", hashes(A), maps(TestMap.of(1)), COMPAT_N, OK, "verified", null),
                row("other contents", hashes(A), maps(TestMap.of(2)), COMPAT_N, OK, "verified", Errno.EPERM),
                row("not frozen", hashes(A), maps(TestMap.of(1).unfrozen()), COMPAT_N, OK, "verified", Errno.EPERM),
                row("a hash map", hashes(A), maps(TestMap.of(1).ofType(1)), COMPAT_N, OK, "verified", Errno.EPERM),
                row("no such map", hashes(A), maps(), COMPAT_N, OK, "verified", Errno.EPERM),
                row("an empty hash", hashes(NONE), maps(TestMap.of(0)), COMPAT_N, OK, "verified", Errno.EPERM),
                row("one of two missing", hashes(A, B), maps(TestMap.of(1)), COMPAT_N, OK, "verified", Errno.EPERM),
                row(
                        "an unsigned frozen map more",
                        hashes(A),
                        maps(TestMap.of(2), TestMap.of(1)),
                        COMPAT_N,
                        OK,
                        "verified",
                        null),
                row("one hash twice, one map", hashes(A, A), maps(TestMap.of(1)), COMPAT_N, OK, "verified", null),
                row("another order", hashes(B, A), maps(TestMap.of(1), TestMap.of(2)), COMPAT_N, OK, "verified", null),
                row("frozen and equal", hashes(A), maps(TestMap.of(1)), COMPAT_V7, OK, "verified", null),
                row(
                        "other contents",
                        hashes(A),
                        maps(TestMap.of(2)),
                        COMPAT_V7,
                        UNEXPECTED,
                        "changed-map",
                        Errno.EPERM),
                row(
                        "not frozen",
                        hashes(A),
                        maps(TestMap.of(1).unfrozen()),
                        COMPAT_V7,
                        FAULT,
                        "unfrozen-map",
                        Errno.EPERM),
                row(
                        "a hash map",
                        hashes(A),
                        maps(TestMap.of(1).ofType(1)),
                        COMPAT_V7,
                        FAULT,
                        "unhashable-map",
                        Errno.EPERM),
                row("no such map", hashes(A), maps(), COMPAT_V7, FAULT, "missing-map", Errno.EPERM),
                row(
                        "an empty hash skips",
                        hashes(NONE, B),
                        maps(TestMap.of(1).unfrozen(), TestMap.of(2)),
                        COMPAT_V7,
                        OK,
                        "verified",
                        null),
                row(
                        "an unsigned frozen map more",
                        hashes(A),
                        maps(TestMap.of(1), TestMap.of(2)),
                        COMPAT_V7,
                        OK,
                        "verified",
                        Errno.EPERM),
                row(
                        "another order",
                        hashes(B, A),
                        maps(TestMap.of(1), TestMap.of(2)),
                        COMPAT_V7,
                        UNEXPECTED,
                        "changed-map",
                        null),
                row("frozen and equal", hashes(A), maps(TestMap.of(1)), STRICT, OK, "verified", null),
                row("shared", hashes(A), maps(TestMap.of(1).shared()), COMPAT_N, OK, "mutable-map", null),
                row("shared", hashes(A), maps(TestMap.of(1).shared()), STRICT, FAULT, "mutable-map", Errno.EPERM),
                row("read-only", hashes(A), maps(TestMap.of(1).shared().with(128)), COMPAT_N, OK, "verified", null),
                row("read-only", hashes(A), maps(TestMap.of(1).shared().with(128)), STRICT, OK, "verified", null),
                row(
                        "exclusive, mappable",
                        hashes(A),
                        maps(TestMap.of(1).with(1024)),
                        COMPAT_N,
                        OK,
                        "mutable-map",
                        null),
                row(
                        "exclusive, mappable",
                        hashes(A),
                        maps(TestMap.of(1).with(1024)),
                        STRICT,
                        FAULT,
                        "mutable-map",
                        Errno.EPERM),
                row(
                        "one of two alike shared",
                        hashes(A),
                        maps(TestMap.of(1), TestMap.of(1).shared()),
                        STRICT,
                        FAULT,
                        "mutable-map",
                        Errno.EPERM),
                row(
                        "read-only, mappable",
                        hashes(A),
                        maps(TestMap.of(1).shared().with(128 + 1024)),
                        STRICT,
                        OK,
                        "verified",
                        null),
                row("other contents", hashes(A), maps(TestMap.of(2)), STRICT, UNEXPECTED, "missing-map", Errno.EPERM),
                row(
                        "not frozen",
                        hashes(A),
                        maps(TestMap.of(1).unfrozen()),
                        STRICT,
                        UNEXPECTED,
                        "missing-map",
                        Errno.EPERM),
                row("no such map", hashes(A), maps(), STRICT, UNEXPECTED, "missing-map", Errno.EPERM),
                row(
                        "an empty hash",
                        hashes(NONE),
                        maps(TestMap.of(0)),
                        STRICT,
                        BADSIG,
                        "malformed-map-attribute",
                        Errno.EPERM),
                row(
                        "an unsigned frozen map more",
                        hashes(A),
                        maps(TestMap.of(1), TestMap.of(2)),
                        STRICT,
                        UNEXPECTED,
                        "uncovered-map",
                        Errno.EPERM),
                row(
                        "an unsigned map more, not frozen",
                        hashes(A),
                        maps(TestMap.of(1), TestMap.of(2).unfrozen()),
                        STRICT,
                        OK,
                        "verified",
                        null),
                row(
                        "nothing signed, a frozen map",
                        hashes(),
                        maps(TestMap.of(1)),
                        STRICT,
                        UNEXPECTED,
                        "uncovered-map",
                        null));
    }

    private static Arguments row(
            String name,
            List<byte[]> signed,
            List<UsedMap> maps,
            HornetMode mode,
            IntegrityVerdict verdict,
            String code,
            @Nullable Errno descriptor) {
        return Arguments.of(name, signed, maps, mode, verdict, code, descriptor);
    }

    private static byte[] signature(List<byte[]> signed, HornetMode mode) {
        return signature(bench.code, signed, mode);
    }

    private static byte[] signature(byte[] code, List<byte[]> signed, HornetMode mode) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < signed.size(); i++) {
            byte[] hash = octets(signed.get(i));
            entries.add(mode == COMPAT_V7 ? Der.sequence(Der.integer(i), hash) : Der.sequence(hash));
        }
        byte[] set = mode == STRICT ? Der.set(entries) : Der.element(Tag.SET, entries.toArray(byte[][]::new));
        Forge forge = new Forge(bench.ec, code).withHornet(set);
        forge.sorted = mode == STRICT;
        return forge.build(code);
    }

    private static ProgramLoad load(List<UsedMap> maps, byte[] signature) {
        return load(bench.code, maps, signature);
    }

    private static ProgramLoad load(byte[] code, List<UsedMap> maps, byte[] signature) {
        return ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(code), maps))
                .withKeyring(KeyringId.USER)
                .withSignature(signature);
    }

    @ParameterizedTest(name = "{0}, {3}: {4} {6}")
    @MethodSource("rows")
    void verdictAndDescriptor(
            String name,
            List<byte[]> signed,
            List<UsedMap> maps,
            HornetMode mode,
            IntegrityVerdict verdict,
            String code,
            @Nullable Errno descriptor) {
        HornetModule module = new HornetModule(() -> Reported.trust(bench.keyrings), () -> mode);
        ProgramLoad load = load(maps, signature(signed, mode));
        IntegrityReport report = Reported.by(module, load);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(verdict);
        assertThat(report.code()).contains(code);
        HookResult fd = module.bpfProg(load.program());
        assertThat(fd.errno().orElse(null)).as(fd.toString()).isEqualTo(descriptor);
        assertThat(module.bpfProg(load.program()).errno()).as("asked again").isEqualTo(fd.errno());
    }

    /** {@code r1 = the value of map 0; exit}, as the loader of a light skeleton begins: BPF_PSEUDO_MAP_IDX_VALUE. */
    private static final byte[] READS_A_MAP = {
        0x18, 0x61, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0
    };

    private static ProgramLoad readingLoad(List<UsedMap> maps, HornetMode mode, List<byte[]> signed) {
        return load(READS_A_MAP, maps, signature(READS_A_MAP, signed, mode));
    }

    /**
     * The instructions read map 0, and the client chooses which map that is. The signed map beside it, which nothing reads, is no help:
     * strict refuses, and no report says that all maps are immutable.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherMapInThePlaceOfTheSignedOneIsTold(boolean frozen) {
        TestMap evil = frozen ? TestMap.of(2) : TestMap.of(2).unfrozen();
        List<UsedMap> maps = maps(evil, TestMap.of(1).shared().with(128));
        HornetModule compat = new HornetModule(() -> Reported.trust(bench.keyrings), () -> COMPAT_N);
        ProgramLoad load = readingLoad(maps, COMPAT_N, hashes(A));
        IntegrityReport report = Reported.by(compat, load);
        assertThat(report.verdict()).as("the kernel's verdict").isEqualTo(OK);
        assertThat(report.code()).contains("uncovered-map");
        assertThat(report.reason()).contains("the load has 1 map of which the signature does not speak");
        assertThat(report.coverage().orElseThrow().mapsUnsigned()).isEqualTo(1);
        assertThat(report.areMapsImmutable()).isFalse();
        assertThat(compat.bpfProg(load.program()).isAllow())
                .as("the kernel's rule")
                .isTrue();

        HornetModule strict = new HornetModule(() -> Reported.trust(bench.keyrings), () -> STRICT);
        ProgramLoad strictly = readingLoad(maps, STRICT, hashes(A));
        assertThat(Reported.by(strict, strictly).verdict()).isEqualTo(UNEXPECTED);
        assertThat(Reported.by(strict, strictly).code()).contains("uncovered-map");
        assertThat(strict.bpfProg(strictly.program()).errno()).contains(Errno.EPERM);
    }

    @ParameterizedTest
    @EnumSource(
            value = HornetMode.class,
            names = {"COMPAT_N", "STRICT"})
    void aLoadWithTheSignedMapAloneReadsWhatWasSigned(HornetMode mode) {
        IntegrityReport report =
                Reported.byHornet(bench.keyrings, mode, readingLoad(maps(TestMap.of(1)), mode, hashes(A)));
        assertThat(report.verdict()).isEqualTo(OK);
        assertThat(report.code()).contains("verified");
        assertThat(report.areMapsImmutable()).isTrue();
    }

    /** Version 7 signs the place of each map, so another one cannot take it. */
    @Test
    void version7KnowsWhichMapIsWhere() {
        List<UsedMap> right = maps(TestMap.of(1), TestMap.of(2).unfrozen());
        assertThat(Reported.byHornet(bench.keyrings, COMPAT_V7, readingLoad(right, COMPAT_V7, hashes(A)))
                        .areMapsImmutable())
                .isTrue();
        List<UsedMap> wrong = maps(TestMap.of(2), TestMap.of(1));
        assertThat(Reported.byHornet(bench.keyrings, COMPAT_V7, readingLoad(wrong, COMPAT_V7, hashes(A)))
                        .verdict())
                .isEqualTo(UNEXPECTED);
    }

    @Test
    void theReportCountsSignedAndMatchedMaps() {
        ProgramLoad load = load(maps(TestMap.of(2), TestMap.of(3)), signature(hashes(A, B), COMPAT_N));
        IntegrityReport report = Reported.byHornet(bench.keyrings, load);
        assertThat(report.coverage().orElseThrow().mapsSigned()).isEqualTo(2);
        assertThat(report.coverage().orElseThrow().mapsMatched()).isEqualTo(1);
        assertThat(report.coverage().orElseThrow().extent().label()).isEqualTo("instructions-and-maps");
        assertThat(report.reason()).endsWith("2 maps, of which 1 are frozen maps of this load");
        assertThat(report.digestAlgorithm()).contains("SHA-256");
    }

    @Test
    void version7Takes63MapsAndNotMore() {
        List<byte[]> all = new ArrayList<>(Collections.nCopies(63, NONE));
        assertThat(Reported.byHornet(bench.keyrings, COMPAT_V7, load(maps(), signature(all, COMPAT_V7)))
                        .verdict())
                .isEqualTo(OK);
        all.add(NONE);
        assertThat(Reported.byHornet(bench.keyrings, COMPAT_V7, load(maps(), signature(all, COMPAT_V7)))
                        .verdict())
                .isEqualTo(BADSIG);
    }

    @Test
    void eachModeRefusesTheSchemaOfTheOther() {
        ProgramLoad old = load(maps(TestMap.of(1)), signature(hashes(A), COMPAT_V7));
        ProgramLoad newest = load(maps(TestMap.of(1)), signature(hashes(A), COMPAT_N));
        assertThat(Reported.byHornet(bench.keyrings, COMPAT_N, old).verdict()).isEqualTo(BADSIG);
        assertThat(Reported.byHornet(bench.keyrings, COMPAT_V7, newest).verdict())
                .isEqualTo(BADSIG);
        assertThat(Reported.byHornet(bench.keyrings, COMPAT_V7, old).contract()).contains("hornet-v7");
    }

    @Test
    void aMapThatChangesBeforeItIsFrozenIsFoundAtTheDescriptor() {
        TestMap map = TestMap.of(1).unfrozen();
        HornetModule module = new HornetModule(() -> Reported.trust(bench.keyrings), () -> COMPAT_N);
        ProgramLoad load = load(maps(map), signature(hashes(A), COMPAT_N));
        assertThat(Reported.by(module, load).verdict()).isEqualTo(OK);
        assertThat(module.bpfProg(load.program()).errno()).contains(Errno.EPERM);
        map.frozen = true;
        assertThat(module.bpfProg(load.program()).isAllow()).isTrue();
    }

    @Test
    void twoProgramsMayShareAMap() {
        TestMap map = TestMap.of(1);
        HornetModule module = new HornetModule(() -> Reported.trust(bench.keyrings), () -> COMPAT_N);
        for (int i = 0; i < 2; i++) {
            ProgramLoad load = load(maps(map), signature(hashes(A), COMPAT_N));
            assertThat(Reported.by(module, load).verdict()).isEqualTo(OK);
            assertThat(module.bpfProg(load.program()).isAllow()).isTrue();
        }
    }

    @Test
    void whatAMalformedAttributeNamesBeforeItsFaultIsEnforcedAsInTheKernel() {
        byte[] set = Der.element(Tag.SET, Der.sequence(octets(A)), Der.sequence(octets(new byte[31])));
        byte[] signature = new Forge(bench.ec, bench.code).withHornet(set).build(bench.code);
        HornetModule module = new HornetModule(() -> Reported.trust(bench.keyrings), () -> COMPAT_N);
        ProgramLoad load = load(maps(TestMap.of(2)), signature);
        assertThat(Reported.by(module, load).verdict()).isEqualTo(BADSIG);
        assertThat(module.bpfProg(load.program()).errno()).contains(Errno.EPERM);
    }
}
