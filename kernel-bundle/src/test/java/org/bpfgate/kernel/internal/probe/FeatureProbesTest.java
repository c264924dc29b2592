package org.bpfgate.kernel.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;
import org.bpfgate.program.UsedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A probe is known by all that it consists of: whoever changes anything about it loads a program like any other. */
class FeatureProbesTest {
    private static final String RETURN_0 = "b700000000000000" + "9500000000000000";
    private static final String LONG_RETURN_0 = "1800000000000000" + "0000000000000000" + "9500000000000000";
    private static final String GLOBAL_DATA = "1821000007000000" + "0000000010000000" + "7a0100002a000000" + RETURN_0;
    private static final String READ_KERNEL = "bfa1000000000000" + "07010000f8ffffff" + "b702000008000000"
            + "b703000000000000" + "8500000071000000" + "9500000000000000";

    private static ProgramLoad load(String code, ProgramType type, String name, UsedMap... maps) {
        return ProgramLoad.of(
                new BpfProgram(name, type, Instructions.of(HexFormat.of().parseHex(code)), List.of(maps)));
    }

    private static Optional<String> probe(ProgramLoad load) {
        return FeatureProbes.shipped().find(load);
    }

    /** A kernel function in the kernel's own types. */
    private static ProgramLoad at(ProgramLoad load, AttachType attach, int btfId) {
        return load.withAttachType(AttachTypes.number(attach))
                .withAttributes(new LoadAttributes(
                        "GPL", 0, 0, 0, 0, 0, new AttachTarget(btfId, Optional.empty()), TypeRecords.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        RETURN_0 + ", socket_filter, '', type",
        RETURN_0 + ", xdp, '', type",
        RETURN_0 + ", cgroup_device, '', type",
        RETURN_0 + ", socket_filter, libbpf_nametest, libbpf-name",
        RETURN_0 + ", socket_filter, aya_name_check, aya-name",
        RETURN_0 + ", kprobe, probe_bpf_perf_, cilium-perf-link",
        LONG_RETURN_0 + ", socket_filter, '', cilium-type",
        LONG_RETURN_0 + ", kprobe, '', cilium-type",
        "85000000a00000009500000000000000, socket_filter, '', libbpf-memcg",
        "85000000050000009500000000000000, sched_cls, '', helper",
        READ_KERNEL + ", tracepoint, '', libbpf-read-kernel",
        READ_KERNEL + ", kprobe, '', libbpf-read-kernel",
    })
    void aProbeIsRecognised(String code, String type, String name, String probe) {
        assertThat(probe(load(code, ProgramType.byLabel(type).orElseThrow(), name)))
                .contains(probe);
    }

    @Test
    void aProbeWithAnAttachTypeIsRecognised() {
        ProgramLoad load = load(RETURN_0, ProgramType.KPROBE, "");
        assertThat(probe(load.withAttachType(AttachTypes.number(AttachType.TRACE_UPROBE_MULTI))))
                .contains("libbpf-uprobe-multi");
        assertThat(probe(load.withAttachType(AttachTypes.number(AttachType.TRACE_KPROBE_MULTI))))
                .isEmpty();
    }

    @Test
    void aProbeThatNamesAFunctionOfTheKernelIsRecognised() {
        ProgramLoad load = load(RETURN_0, ProgramType.TRACING, "sched_fork");
        assertThat(probe(at(load, AttachType.TRACE_FENTRY, 77))).contains("bpftrace-fentry");
        ProgramLoad iterator = load(RETURN_0, ProgramType.TRACING, "bpf_iter_task_f");
        assertThat(probe(at(iterator, AttachType.TRACE_ITER, 77))).contains("bpftrace-iter");
        assertThat(probe(at(load(RETURN_0, ProgramType.TRACING, "other"), AttachType.TRACE_ITER, 77)))
                .isEmpty();
        assertThat(probe(at(load(RETURN_0, ProgramType.SOCKET_FILTER, ""), AttachType.CGROUP_INET_INGRESS, 77)))
                .isEmpty();
    }

    @Test
    void onlyTheProbeForItNamesAFunctionOfAProgram() {
        AttachTarget program = new AttachTarget(
                2, Optional.of(new AttachTarget.KernelObject(AttachTarget.Kind.PROGRAM, 5, "p", "0011223344556677")));
        UnaryOperator<ProgramLoad> withTarget =
                load -> load.withAttributes(new LoadAttributes("", 0, 0, 0, 0, 0, program, new TypeRecords(1, 0, 0)));
        assertThat(probe(withTarget.apply(load(RETURN_0, ProgramType.EXT, "")))).contains("cilium-type-ext");
        assertThat(probe(withTarget.apply(load(RETURN_0, ProgramType.TRACING, ""))))
                .isEmpty();
    }

    @Test
    void aProbeWithAMapIsRecognisedByItsOffsetAndItsMapToo() {
        UsedMap map = TestMap.array(32);
        assertThat(probe(load(GLOBAL_DATA, ProgramType.SOCKET_FILTER, "", map))).contains("libbpf-global-data");
        String elsewhere = GLOBAL_DATA.replace("0000000010000000", "0000000018000000");
        assertThat(probe(load(elsewhere, ProgramType.SOCKET_FILTER, "", map))).isEmpty();
        assertThat(probe(load(GLOBAL_DATA, ProgramType.SOCKET_FILTER, ""))).isEmpty();
        assertThat(probe(load(GLOBAL_DATA, ProgramType.SOCKET_FILTER, "", map, map)))
                .isEmpty();
    }

    static Stream<UsedMap> otherMaps() {
        return Stream.of(
                TestMap.array(64),
                new TestMap(1, 4, 32, 1, false, 0),
                new TestMap(2, 8, 32, 1, false, 0),
                new TestMap(2, 4, 32, 2, false, 0),
                new TestMap(2, 4, 32, 1, true, 0),
                new TestMap(2, 4, 32, 1, false, UsedMap.MAPPABLE));
    }

    @ParameterizedTest
    @MethodSource("otherMaps")
    void aMapOfAnotherShapeIsNotTheProbes(UsedMap map) {
        assertThat(probe(load(GLOBAL_DATA, ProgramType.SOCKET_FILTER, "", map))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "b700000001000000" + "9500000000000000" + ", socket_filter, ''",
        RETURN_0 + RETURN_0 + ", socket_filter, ''",
        RETURN_0 + ", socket_filter, another",
        // The immediate of a call may be any; nothing else about the call may.
        "85010000050000009500000000000000, sched_cls, ''",
        "85000100050000009500000000000000, sched_cls, ''",
        "85200000050000009500000000000000, sched_cls, ''",
    })
    void anotherProgramIsNone(String code, String type, String name) {
        assertThat(probe(load(code, ProgramType.byLabel(type).orElseThrow(), name)))
                .isEmpty();
    }

    static Stream<Arguments> otherAttributes() {
        AttachTarget function = new AttachTarget(7, Optional.empty());
        return Stream.of(
                Arguments.of("flag", attributes(LoadFlag.SLEEPABLE.mask(), 0, 0, AttachTarget.NONE, TypeRecords.NONE)),
                Arguments.of("device", attributes(0, 1, 0, AttachTarget.NONE, TypeRecords.NONE)),
                Arguments.of("fd_array", attributes(0, 0, 1, AttachTarget.NONE, TypeRecords.NONE)),
                Arguments.of("target", attributes(0, 0, 0, function, TypeRecords.NONE)),
                Arguments.of("functions", attributes(0, 0, 0, AttachTarget.NONE, new TypeRecords(1, 0, 0))),
                Arguments.of("lines", attributes(0, 0, 0, AttachTarget.NONE, new TypeRecords(0, 1, 0))),
                Arguments.of("relocations", attributes(0, 0, 0, AttachTarget.NONE, new TypeRecords(0, 0, 1))));
    }

    private static LoadAttributes attributes(
            int flags, int device, int bound, AttachTarget target, TypeRecords records) {
        return new LoadAttributes("GPL", flags, device, 0, 0, bound, target, records);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherAttributes")
    void anyOtherFieldMakesItAProgramLikeAnyOther(String field, LoadAttributes attributes) {
        assertThat(probe(load(RETURN_0, ProgramType.SOCKET_FILTER, "").withAttributes(attributes)))
                .as(field)
                .isEmpty();
    }

    @Test
    void aTokenIsNoPartOfTheProgram() {
        LoadAttributes attributes = attributes(LoadFlag.TOKEN_FD.mask(), 0, 0, AttachTarget.NONE, TypeRecords.NONE);
        assertThat(probe(load(RETURN_0, ProgramType.SOCKET_FILTER, "").withAttributes(attributes)))
                .contains("type");
    }

    @Test
    void aSignedProgramIsNoProbe() {
        assertThat(probe(load(RETURN_0, ProgramType.SOCKET_FILTER, "").withSignature(new byte[8])))
                .isEmpty();
    }

    /** The list's own digests are checked where it is read; here by the digest that lists and policies use. */
    @Test
    void theListThatShipsIsReadAndEveryEntryFindsItself() {
        List<FeatureProbe> all = FeatureProbes.shipped().all();
        assertThat(all).hasSizeGreaterThan(70);
        for (FeatureProbe probe : all) {
            for (ProgramType type : probe.types()) {
                assertThat(probe(example(probe, type))).as(probe.name()).isPresent();
            }
        }
    }

    /** A load as the entry describes it; another entry of the same shape may come first. */
    private static ProgramLoad example(FeatureProbe probe, ProgramType type) {
        MapShape shape = probe.maps().isEmpty() ? null : probe.maps().getFirst();
        UsedMap[] maps = shape == null
                ? new UsedMap[0]
                : new UsedMap[] {
                    new TestMap(shape.type(), shape.keySize(), shape.valueSize(), shape.maxEntries(), false, 0)
                };
        AttachTarget target = switch (probe.target()) {
            case NONE -> AttachTarget.NONE;
            case BTF -> new AttachTarget(1, Optional.empty());
            case PROGRAM ->
                new AttachTarget(1, Optional.of(new AttachTarget.KernelObject(AttachTarget.Kind.PROGRAM, 1, "p", "")));
        };
        return load(
                        HexFormat.of().formatHex(probe.instructions().bytes()),
                        type,
                        probe.names().names().getFirst().replace("*", "x"),
                        maps)
                .withAttachType(probe.attachTypes().iterator().next())
                .withAttributes(attributes(probe.flags(), 0, 0, target, new TypeRecords(probe.functions(), 0, 0)));
    }
}
