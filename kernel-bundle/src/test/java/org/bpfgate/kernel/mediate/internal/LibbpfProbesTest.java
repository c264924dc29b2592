package org.bpfgate.kernel.mediate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.syscall.internal.Native;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.Notifications.Notification;
import org.bpfgate.kernel.syscall.internal.ProgLoadAttr;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.TypeRecords;
import org.bpfgate.program.UsedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A probe is known by all that it consists of: whoever changes anything about it loads a program like any other. */
class LibbpfProbesTest {
    private static final String RETURN_0 = "b700000000000000" + "9500000000000000";
    private static final String COARSE_TIME = "85000000a0000000" + "9500000000000000";
    private static final String ARGUMENT_CONTEXT =
            "8510000001000000" + "9500000000000000" + "85000000ad000000" + "9500000000000000";
    private static final String GLOBAL_DATA = "1821000007000000" + "0000000010000000" + "7a0100002a000000" + RETURN_0;

    private final Syscalls syscalls = Native.link().newSyscalls();

    /** What a client asks for; its memory is this process's. */
    private Optional<String> probe(String code, int type, String name, Change change, UsedMap... maps)
            throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer attr = scope.allocate(ProgLoadAttr.SIZE);
            attr.putInt(ProgLoadAttr.PROG_TYPE, type);
            attr.putInt(ProgLoadAttr.INSN_CNT, code.length() / 16);
            attr.putLong(
                    ProgLoadAttr.INSNS,
                    scope.copyOf(HexFormat.of().parseHex(code)).address());
            attr.putLong(ProgLoadAttr.LICENSE, scope.text("GPL").address());
            attr.put(ProgLoadAttr.PROG_NAME, name.getBytes(StandardCharsets.US_ASCII));
            change.apply(attr, scope);
            Notification request = new Notification(1, syscalls.gettid(), 5, attr.address(), ProgLoadAttr.SIZE);
            LoadCopy copy = copy(syscalls, scope, request);
            ClientStatus client = new ClientStatus(1, 1, 0, "client", 0, "user:[1]");
            return LoadDescription.of(
                            copy,
                            List.of(maps),
                            new LoadTypes(AttachTarget.NONE, TypeRecords.NONE, List.of()),
                            new ClientProcess(client, () -> {}))
                    .probe();
        }
    }

    private static LoadCopy copy(Syscalls syscalls, NativeScope scope, Notification request) throws SyscallException {
        try (ClientMemory memory = ClientMemory.open(syscalls, request.tid(), () -> {}, new AccessWatch())) {
            return LoadCopy.of(memory, scope, request, AttrCopy.read(memory, request));
        }
    }

    private interface Change {
        void apply(NativeBuffer attr, NativeScope scope);
    }

    private static void nothing(NativeBuffer attr, NativeScope scope) {}

    private static void twoFunctions(NativeBuffer attr, NativeScope scope) {
        attr.putInt(ProgLoadAttr.FUNC_INFO_CNT, 2);
        attr.putInt(ProgLoadAttr.FUNC_INFO_REC_SIZE, 8);
        attr.putLong(ProgLoadAttr.FUNC_INFO, scope.allocate(16).address());
    }

    /** The map that libbpf makes for its probe, and the same with something changed. */
    private record ProbeMap(int type, int keySize, int valueSize, int maxEntries, int flags, boolean isFrozen)
            implements UsedMap {
        @Override
        public boolean isExclusive() {
            return false;
        }

        @Override
        public boolean isBound() {
            return false;
        }

        @Override
        public Optional<byte[]> sha256() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> contents() {
            return Optional.empty();
        }
    }

    private static UsedMap map() {
        return new ProbeMap(2, 4, 32, 1, 0, false);
    }

    /** Type, sizes, entries, flags, frozen. */
    @ParameterizedTest
    @CsvSource({
        "1, 4, 32, 1, 0, false",
        "0, 0, 0, 0, 0, false",
        "2, 8, 32, 1, 0, false",
        "2, 4, 40, 1, 0, false",
        "2, 4, 32, 2, 0, false",
        "2, 4, 32, 1, 128, false",
        "2, 4, 32, 1, 1024, false",
        "2, 4, 32, 1, 0, true"
    })
    void aProbeWithAnotherMapIsNone(int type, int key, int value, int entries, int flags, boolean frozen)
            throws SyscallException {
        assertThat(probe(
                        GLOBAL_DATA,
                        1,
                        "",
                        LibbpfProbesTest::nothing,
                        new ProbeMap(type, key, value, entries, flags, frozen)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        RETURN_0 + ", 1, '', libbpf-trivial",
        RETURN_0 + ", 1, libbpf_nametest, libbpf-name",
        COARSE_TIME + ", 1, '', libbpf-memcg"
    })
    void aProbeIsRecognised(String code, int type, String name, String probe) throws SyscallException {
        assertThat(probe(code, type, name, LibbpfProbesTest::nothing)).contains(probe);
    }

    @Test
    void aProbeWithAnAttachTypeIsRecognised() throws SyscallException {
        assertThat(probe(RETURN_0, 9, "", (attr, scope) -> attr.putInt(ProgLoadAttr.EXPECTED_ATTACH_TYPE, 2)))
                .contains("libbpf-attach-type");
    }

    @Test
    void aProbeWithFunctionsIsRecognised() throws SyscallException {
        assertThat(probe(ARGUMENT_CONTEXT, 2, "det_arg_ctx", LibbpfProbesTest::twoFunctions))
                .contains("libbpf-arg-ctx");
        assertThat(probe(ARGUMENT_CONTEXT, 2, "det_arg_ctx", LibbpfProbesTest::nothing))
                .isEmpty();
        assertThat(probe(RETURN_0, 1, "", LibbpfProbesTest::twoFunctions)).isEmpty();
    }

    @Test
    void aProbeWithAMapIsRecognisedByItsOffsetToo() throws SyscallException {
        assertThat(probe(GLOBAL_DATA, 1, "", LibbpfProbesTest::nothing, map())).contains("libbpf-global-data");
        String elsewhere = GLOBAL_DATA.replace("0000000010000000", "0000000018000000");
        assertThat(probe(elsewhere, 1, "", LibbpfProbesTest::nothing, map())).isEmpty();
        assertThat(probe(GLOBAL_DATA, 1, "", LibbpfProbesTest::nothing)).isEmpty();
        assertThat(probe(GLOBAL_DATA, 1, "", LibbpfProbesTest::nothing, map(), map()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "b700000001000000" + "9500000000000000" + ", 1, ''",
        RETURN_0 + RETURN_0 + ", 1, ''",
        RETURN_0 + ", 6, ''",
        RETURN_0 + ", 1, another"
    })
    void anotherProgramIsNone(String code, int type, String name) throws SyscallException {
        assertThat(probe(code, type, name, LibbpfProbesTest::nothing)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ProgLoadAttr.PROG_FLAGS,
                ProgLoadAttr.PROG_IFINDEX,
                ProgLoadAttr.EXPECTED_ATTACH_TYPE,
                ProgLoadAttr.ATTACH_BTF_ID,
                ProgLoadAttr.ATTACH_PROG_FD,
                ProgLoadAttr.LINE_INFO_CNT,
                ProgLoadAttr.CORE_RELO_CNT,
                ProgLoadAttr.FD_ARRAY,
                ProgLoadAttr.FD_ARRAY_CNT
            })
    void anyOtherFieldMakesItAProgramLikeAnyOther(int field) throws SyscallException {
        assertThat(probe(RETURN_0, 1, "", (attr, scope) -> attr.putInt(field, 1)))
                .isEmpty();
    }

    @Test
    void aSignedProgramIsNoProbe() throws SyscallException {
        assertThat(probe(RETURN_0, 1, "", (attr, scope) -> {
                    attr.putLong(ProgLoadAttr.SIGNATURE, scope.allocate(8).address());
                    attr.putInt(ProgLoadAttr.SIGNATURE_SIZE, 8);
                }))
                .isEmpty();
    }
}
