package org.bpfgate.integrity.sig.internal.nativesig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.OK;
import static org.bpfgate.integrity.IntegrityVerdict.UNKNOWNKEY;
import static org.bpfgate.integrity.IntegrityVerdict.UNSIGNED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.TestMap;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.AttachTarget.KernelObject;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;
import org.bpfgate.program.UsedMap;
import org.bpfgate.signing.internal.contract.LoaderSigner;
import org.bpfgate.signing.internal.contract.MetadataSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the kernel's own selftest of signed loaders tries ({@code tools/testing/selftests/bpf/prog_tests/signed_loader.c} of the
 * development tree of July 2026), one row for each of its subtests that is about a load, under its name; and what it does not try.
 *
 * <p>Six subtests try what maps and the loader's context can do in the kernel and are in the integration tests: {@code
 * no_update_after_freeze}, {@code freeze_writable_mmap}, {@code no_writable_mmap_frozen}, {@code map_hash_bad_size}, {@code
 * hash_requires_frozen} and {@code map_hash_unsupported_type}; the last two have a row here too. {@code
 * metadata_ctx_max_entries_ignored} and {@code metadata_ctx_initial_value_ignored} are about a context that no load has.
 */
class TheKernelsSelftestHoldsTest {
    /** {@code r1 = map 0 of fd_array; r0 = 0; exit}. */
    private static final byte[] CODE = code(5);

    /** The same with the map's descriptor in the instruction. */
    private static final byte[] BY_DESCRIPTOR = code(1);

    /** {@code KEY_SPEC_BPF_KEYRING} of the development tree, which neither this gate nor Linux 6.18 has. */
    private static final int BPF_KEYRING = -9;

    private static final KernelObject MODULE = new KernelObject(AttachTarget.Kind.BTF, 77, "a_module", "");

    @TempDir
    static Path directory;

    static Identity signer;
    static Keyrings keyrings;

    @BeforeAll
    static void prepare() throws Exception {
        signer = new Openssl(directory).selfSigned("signer", "rsa:2048");
        keyrings = KeyringsReader.read(List.of(signer.certificateFile()));
    }

    private static byte[] code(int source) {
        byte[] code = new byte[32];
        code[0] = 0x18;
        code[1] = (byte) (source << 4 | 1);
        code[16] = (byte) 0xb7;
        code[24] = (byte) 0x95;
        return code;
    }

    private static TestMap map() {
        return TestMap.of(1);
    }

    private static TestMap unbound(TestMap map) {
        map.bound = false;
        return map;
    }

    private static ProgramLoad load(byte[] code, UsedMap... maps) {
        return ProgramLoad.of(
                        new BpfProgram("__loader.prog", ProgramType.SYSCALL, Instructions.of(code), List.of(maps)))
                .withKeyring(KeyringId.USER);
    }

    /** Signed as the kernel of 2026 wants it: instructions, then the contents of the map. */
    private static byte[] metadata() {
        try {
            return new MetadataSigner()
                    .sign(
                            signer.signing(),
                            Instructions.of(CODE),
                            List.of(map().contents().orElseThrow()));
        } catch (SigningException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed as Linux 6.18 wants it: the instructions. */
    private static byte[] loader(byte[] code) {
        try {
            return new LoaderSigner().sign(signer.signing(), Instructions.of(code), List.of());
        } catch (SigningException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] tampered() {
        byte[] code = CODE.clone();
        code[CODE.length / 2 + 4] ^= 1;
        return code;
    }

    static Stream<Arguments> subtests() {
        byte[] junk = Arrays.copyOf(new byte[] {0x30, 0x42, 0x13, 0x37}, 64);
        TestMap several = new TestMap(new byte[512]);
        return Stream.of(
                row("loadtime_no_map", load(CODE, map()).withSignature(metadata()), OK, "verified", "metadata"),
                row("loadtime_with_map", load(CODE, map()).withSignature(metadata()), OK, "verified", "metadata"),
                row("metadata_match", load(CODE, map()), UNSIGNED, "no-signature", ""),
                row("signature_enforced", load(CODE).withSignature(junk), BADSIG, "malformed-message", ""),
                refused("signed_nonexcl_fd_array_rejected", map().shared(), "shared-map"),
                refused("signed_unfrozen_fd_array_rejected", map().unfrozen(), "unfrozen-map"),
                refused("signed_nonarray_fd_array_rejected", map().ofType(1), "unhashable-map"),
                row("signature_failure_logs", load(CODE).withSignature(junk), BADSIG, "malformed-message", ""),
                row("signature_too_large", load(CODE).withSignature(new byte[8193]), BADSIG, "oversize-signature", ""),
                row("signature_zero_size", load(CODE).withSignature(new byte[0]), BADSIG, "empty-signature", ""),
                row(
                        "signature_bad_keyring",
                        load(CODE).withSignature(junk).withKeyring(Integer.MAX_VALUE),
                        UNKNOWNKEY,
                        "unknown-keyring",
                        ""),
                row(
                        "bpf_keyring_sealed",
                        load(CODE).withSignature(loader(CODE)).withKeyring(BPF_KEYRING),
                        UNKNOWNKEY,
                        "unknown-keyring",
                        ""),
                row("signature_authenticates_insns", load(CODE).withSignature(loader(CODE)), OK, "verified", "loader"),
                row(
                        "signature_authenticates_insns, changed",
                        load(tampered()).withSignature(loader(CODE)),
                        BADSIG,
                        "signature-mismatch",
                        ""),
                row(
                        "signature_authenticates_insns, changed, with its map",
                        load(tampered(), map()).withSignature(metadata()),
                        BADSIG,
                        "signature-mismatch",
                        ""),
                refused("signature_authenticates_metadata, changed", TestMap.of(2), "signature-mismatch"),
                refused("hash_requires_frozen", map().unfrozen(), "unfrozen-map"),
                refused("map_hash_multi_element, one signed", several, "signature-mismatch"),
                refused("map_hash_unsupported_type", map().ofType(1), "unhashable-map"),
                row("lsm_signature_verdict, unsigned", load(CODE, map()), UNSIGNED, "no-signature", ""),
                row(
                        "lsm_signature_verdict, signed",
                        load(CODE, map()).withSignature(loader(CODE)),
                        OK,
                        "verified",
                        "loader"),
                row(
                        "lsm_signature_verdict, with its map",
                        load(CODE, map()).withSignature(metadata()),
                        OK,
                        "verified",
                        "metadata"),
                row("signed_no_fd_array", load(CODE).withSignature(loader(CODE)), OK, "verified", "loader"),
                row(
                        "signed_no_fd_array, changed",
                        load(tampered()).withSignature(loader(CODE)),
                        BADSIG,
                        "signature-mismatch",
                        ""),
                row(
                        "signed_map_by_fd_rejected, as Linux 6.18 has it",
                        load(BY_DESCRIPTOR, unbound(map())).withSignature(loader(BY_DESCRIPTOR)),
                        OK,
                        "verified",
                        "loader"),
                refused("signed_map_by_fd_rejected", unbound(map()), "signature-mismatch"),
                row(
                        "signed_sparse_fd_array_rejected, as Linux 6.18 has it",
                        load(CODE, unbound(map())).withSignature(loader(CODE)),
                        OK,
                        "verified",
                        "loader"),
                refused("signed_sparse_fd_array_rejected", unbound(map()), "signature-mismatch"));
    }

    private static Arguments row(
            String subtest, ProgramLoad load, IntegrityVerdict verdict, String code, String contract) {
        return Arguments.of(subtest, load, verdict, code, contract);
    }

    /** A load that was signed with its map, and has this one. */
    private static Arguments refused(String subtest, TestMap map, String code) {
        return row(subtest, load(CODE, map).withSignature(metadata()), BADSIG, code, "");
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @MethodSource("subtests")
    void subtest(String name, ProgramLoad load, IntegrityVerdict verdict, String code, String contract) {
        IntegrityReport report = Reported.byNative(keyrings, load);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(verdict);
        assertThat(report.code().orElse("")).as(report.toString()).isEqualTo(code);
        assertThat(report.contract().orElse("")).isEqualTo(contract);
        assertThat(report.reason()).as("what the log says").isNotBlank();
    }

    /** {@code map_hash_matches_libbpf} and {@code map_hash_multi_element}: the hash is over all elements. */
    @Test
    void theHashOfAMapIsThatOfItsWholeContents() {
        byte[] values = new byte[512];
        byte[] changed = values.clone();
        changed[511] = 1;
        TestMap map = new TestMap(values);
        assertThat(map.sha256()).hasValue(map.hash());
        assertThat(new TestMap(changed).hash()).isNotEqualTo(map.hash());
    }

    /** Instructions only: the report says that the maps are not covered. */
    @Test
    void aLoaderThatIsSignedWithoutItsMapSaysSo() {
        IntegrityReport report = Reported.byNative(keyrings, load(CODE, map()).withSignature(loader(CODE)));
        assertThat(report.coverage().orElseThrow().extent().label()).isEqualTo("instructions");
        assertThat(report.reason()).contains("not the bound maps");
    }

    /**
     * Changed under a good signature: who made the change, the field of {@code docs/load-attributes.md} and its class there. The
     * first three rows are {@code signed_btf_fd_array_rejected} and {@code signed_module_kfunc_rejected}, and a variant; the others
     * the selftest does not try.
     */
    static Stream<Arguments> fields() {
        return Stream.of(
                field("fd_array_cnt", "shown", with(attributes -> attributes.bound(2))),
                field("fd_array", "shown", with(attributes -> attributes.types(List.of(MODULE)))),
                field(
                        "fd_array",
                        "shown",
                        with(attributes -> attributes.bound(2).types(List.of(MODULE)))),
                field("core_relo_cnt", "refused", with(attributes -> attributes.records(new TypeRecords(0, 0, 1)))),
                field("core_relos", "refused", with(attributes -> attributes.records(new TypeRecords(1, 1, 9)))),
                field("func_info_cnt", "shown", with(attributes -> attributes.records(new TypeRecords(1, 0, 0)))),
                field("func_info", "harmless", Function.identity()),
                field("line_info_cnt", "shown", with(attributes -> attributes.records(new TypeRecords(0, 1, 0)))),
                field("line_info", "harmless", Function.identity()),
                field(
                        "attach_btf_id",
                        "shown",
                        with(attributes -> attributes.target(new AttachTarget(9, Optional.empty())))),
                field(
                        "attach_prog_fd",
                        "shown",
                        with(attributes -> attributes.target(new AttachTarget(0, Optional.of(MODULE))))),
                field("license", "shown", with(attributes -> attributes.license("Proprietary"))),
                field("prog_flags", "shown", with(attributes -> attributes.flags(LoadFlag.SLEEPABLE.mask()))),
                field("prog_flags", "refused", with(attributes -> attributes.flags(LoadFlag.TEST_RND_HI32.mask()))),
                field(
                        "prog_btf_fd",
                        "refused",
                        with(attributes -> attributes.records(new TypeRecords(1, 0, 0, true)))));
    }

    private static Arguments field(String name, String type, Function<ProgramLoad, ProgramLoad> change) {
        return Arguments.of(name, type, change);
    }

    private static Function<ProgramLoad, ProgramLoad> with(Function<Fields, Fields> change) {
        return load -> load.withAttributes(change.apply(Fields.NONE).attributes());
    }

    /** Some of the fields of a load, each of them to be changed alone. */
    private record Fields(
            String license, int flags, int bound, AttachTarget target, TypeRecords records, List<KernelObject> types) {
        private static final Fields NONE = new Fields("GPL", 0, 0, AttachTarget.NONE, TypeRecords.NONE, List.of());

        private LoadAttributes attributes() {
            return new LoadAttributes(license, flags, 0, 0, 0, bound, target, records, types);
        }

        private Fields license(String other) {
            return new Fields(other, flags, bound, target, records, types);
        }

        private Fields flags(int other) {
            return new Fields(license, other, bound, target, records, types);
        }

        private Fields bound(int other) {
            return new Fields(license, flags, other, target, records, types);
        }

        private Fields target(AttachTarget other) {
            return new Fields(license, flags, bound, other, records, types);
        }

        private Fields records(TypeRecords other) {
            return new Fields(license, flags, bound, target, other, types);
        }

        private Fields types(List<KernelObject> other) {
            return new Fields(license, flags, bound, target, records, other);
        }
    }

    /** The signature stays good, so the field is refused by the framework, or shown, or listed as harmless. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void aFieldThatIsChangedUnderAGoodSignature(String field, String type, Function<ProgramLoad, ProgramLoad> change)
            throws IOException {
        ProgramLoad original =
                load(CODE, map()).withAttributes(Fields.NONE.attributes()).withSignature(metadata());
        ProgramLoad changed = change.apply(original);
        assertThat(Reported.byNative(keyrings, changed).verdict()).isEqualTo(OK);
        assertThat(classes(field)).as("docs/load-attributes.md on %s", field).contains(type);
        assertThat(changed.attributes().evasion().isPresent())
                .as("refused before a module can vouch for it")
                .isEqualTo(type.equals("refused"));
        if (type.equals("shown")) {
            assertThat(changed.attributes()).isNotEqualTo(original.attributes());
        }
    }

    private static List<String> classes(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("..", "docs", "load-attributes.md"))) {
            if (line.startsWith("| `" + field + "` |")) {
                return List.of(line.split("\\|", -1)[3].strip().split(", "));
            }
        }
        return List.of();
    }
}
