package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.bpfgate.policy.ipe.internal.bpf.Helpers;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TheGatesOwnWordsAreReadStrictlyTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    /** As long as a unit's name may be. */
    private static final String UNIT_OF_255 =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                    + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                    + "0123456789abcdef0123456789abcdef0123456789abcdef0123456.service";

    /** The word begins in column 12. */
    private static final String BEFORE = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\nop=EXECUTE ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf_integrity=native:OK",
                "bpf_signer=sha256:DIGEST",
                "bpf_digest=sha256:DIGEST",
                "bpf_client_exe=sha256:DIGEST",
                "bpf_prog_type=sched_cls",
                "bpf_attach_type=tcx_ingress",
                "bpf_name=xdp_count.1",
                "bpf_name=exactly_15_char",
                "bpf_helper=bpf_probe_write_user",
                "bpf_helper=!bpf_probe_write_user",
                "bpf_kfunc=bpf_obj_new_impl",
                "bpf_kfunc=!bpf_obj_new_impl",
                "bpf_client_uid=0",
                "bpf_client_uid=4294967295",
                "bpf_client_unit=cilium.service",
                "bpf_client_unit=user@1000.service",
                "bpf_client_unit=a\\x2db.scope",
                "bpf_signer_ca=sha256:DIGEST",
                "bpf_signers=2",
                "bpf_insn_max=4096",
                "bpf_map_type=ringbuf",
                "bpf_map_type=!prog_array",
                "bpf_license=Dual_BSD/GPL",
                "bpf_gpl_compatible=TRUE",
                "bpf_keyring=USER",
                "until=2027-01-31T12:00:00Z",
                "bpf_prog_type={xdp,sched_cls}",
                "bpf_signer={sha256:DIGEST,sha256:DIGEST1}",
                "bpf_helper={bpf_loop,!bpf_tail_call}",
                "bpf_integrity={allowlist:OK,native:OK}",
                "bpf_probe=TRUE",
                "bpf_probe=FALSE",
                "bpf_trial=TRUE",
                "bpf_trial=FALSE",
                "bpf_maps_immutable=TRUE",
                "bpf_maps_immutable=FALSE",
                "bpf_name=azAZ09_.",
                "bpf_client_unit=azAZ09:_.-@\\.path",
                "bpf_client_unit=" + UNIT_OF_255
            })
    void eachIsReadAndWrittenAlike(String word) {
        String said = word.replace("DIGEST1", DIGEST.replace('0', '1')).replace("DIGEST", DIGEST);

        PolicySource source = read(said, Dialect.BPFGATE);

        assertThat(source.errors()).isEmpty();
        assertThat(source.statements().get(2))
                .isInstanceOfSatisfying(
                        Statement.Conditional.class,
                        rule -> assertThat(rule.conditions().getFirst().value()).hasToString(said));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            bpf_signer=DIGEST ! 12 EBADMSG ! expected bpf_signer=ALGORITHM:HEX, found "bpf_signer=0123456789abcdef0123456789abcdef01234…"; a digest is ALGORITHM:HEX; did you mean "bpf_signer=sha256:DIGEST"?
            bpf_signer=sha512:DIGEST ! 12 EBADMSG ! expected bpf_signer=sha256:HEX, found "bpf_signer=sha512:0123456789abcdef0123456789abcd…"
            bpf_digest=sha256:0x ! 31 EINVAL ! expected a hexadecimal digit in bpf_digest=ALGORITHM:HEX
            bpf_digest=sha256:00 ! 30 EINVAL ! expected 64 hexadecimal digits after bpf_digest=sha256:, found 2
            bpf_client_exe=sha256:DIGEST00 ! 34 EINVAL ! expected 64 hexadecimal digits after bpf_client_exe=sha256:, found 66
            bpf_prog_type=XDP ! 12 EBADMSG ! expected a program type as bpftool prints it, such as bpf_prog_type=xdp, found "bpf_prog_type=XDP"; did you mean "bpf_prog_type=xdp"?
            bpf_prog_type= ! 12 EBADMSG ! expected a program type as bpftool prints it, such as bpf_prog_type=xdp, found "bpf_prog_type="
            bpf_prog_type ! 12 EBADMSG ! expected a program type as bpftool prints it, such as bpf_prog_type=xdp, found "bpf_prog_type"
            bpf_attach_type=tcx_ingres ! 12 EBADMSG ! expected an attach type in lower case, such as bpf_attach_type=tcx_ingress, found "bpf_attach_type=tcx_ingres"; did you mean "bpf_attach_type=tcx_ingress"?
            bpf_name= ! 12 EBADMSG ! expected bpf_name=NAME with 1 to 15 letters, digits, _ and ., as a kernel keeps names of programs, found "bpf_name="
            bpf_name=sixteen_letters_ ! 12 EBADMSG ! expected bpf_name=NAME with 1 to 15 letters, digits, _ and ., as a kernel keeps names of programs, found "bpf_name=sixteen_letters_"
            bpf_name=a-b ! 12 EBADMSG ! expected bpf_name=NAME with 1 to 15 letters, digits, _ and ., as a kernel keeps names of programs, found "bpf_name=a-b"
            bpf_helper=probe_write_user ! 12 EBADMSG ! expected a helper function by its name in C, such as bpf_helper=bpf_probe_write_user, found "bpf_helper=probe_write_user"; did you mean "bpf_helper=bpf_probe_write_user"?
            bpf_helper=bpf_lop ! 12 EBADMSG ! expected a helper function by its name in C, such as bpf_helper=bpf_probe_write_user, found "bpf_helper=bpf_lop"; did you mean "bpf_helper=bpf_loop"?
            bpf_helper=36 ! 12 EBADMSG ! expected a helper function by its name in C, such as bpf_helper=bpf_probe_write_user, found "bpf_helper=36"
            bpf_kfunc=1x ! 12 EBADMSG ! expected a kernel function by its name in C, such as bpf_kfunc=bpf_obj_new_impl, found "bpf_kfunc=1x"
            bpf_client_uid=root ! 27 EINVAL ! expected bpf_client_uid=NUMBER, a user id in decimal digits, found "bpf_client_uid=root"
            bpf_client_uid= ! 27 EINVAL ! expected bpf_client_uid=NUMBER, a user id in decimal digits, found "bpf_client_uid="
            bpf_client_uid=-1 ! 27 EINVAL ! expected bpf_client_uid=NUMBER, a user id in decimal digits, found "bpf_client_uid=-1"
            bpf_client_uid=4294967296 ! 27 ERANGE ! a user id is at most 4294967295
            bpf_client_uid=99999999999999999999 ! 27 ERANGE ! a user id is at most 4294967295
            bpf_client_unit=cilium ! 12 EBADMSG ! expected a systemd unit with its type, such as bpf_client_unit=cilium.service, found "bpf_client_unit=cilium"
            bpf_client_unit=.service ! 12 EBADMSG ! expected a systemd unit with its type, such as bpf_client_unit=cilium.service, found "bpf_client_unit=.service"
            bpf_signers=0 ! 24 ERANGE ! a number of signers is from 1 to 64
            bpf_insn_max=many ! 25 EINVAL ! expected bpf_insn_max=NUMBER, a number of instructions in decimal digits, found "bpf_insn_max=many"
            bpf_map_type=hsh ! 12 EBADMSG ! expected a map type as bpftool prints it, such as bpf_map_type=ringbuf, found "bpf_map_type=hsh"; did you mean "bpf_map_type=hash"?
            until=tomorrow ! 18 EINVAL ! expected a time in UTC such as until=2027-01-31T12:00:00Z, or a date, found "until=tomorrow"
            bpf_prog_type={xdp,xpd} ! 31 EBADMSG ! expected a program type as bpftool prints it, such as bpf_prog_type=xdp, found "bpf_prog_type=xpd"; did you mean "bpf_prog_type=xdp"?
            bpf_prog_type={xdp ! 30 EBADMSG ! expected } at the end of the set, which has no blanks, found the end of the word
            bpf_prog_type={} ! 27 EBADMSG ! expected a value in the set "bpf_prog_type={}"
            bpf_probe={TRUE,FALSE} ! 12 EBADMSG ! expected one value for bpf_probe=, found "bpf_probe={TRUE,FALSE}"
            bpf_client_unit=cilium.servce ! 12 EBADMSG ! expected a systemd unit of a type that systemd has, such as bpf_client_unit=cilium.service, found "bpf_client_unit=cilium.servce"; did you mean "bpf_client_unit=cilium.service"?
            bpf_trial=yes ! 12 EBADMSG ! expected bpf_trial=TRUE|FALSE, found "bpf_trial=yes"
            bpf_probe=1 ! 12 EBADMSG ! expected bpf_probe=TRUE|FALSE, found "bpf_probe=1"
            bpf_maps_immutable=true ! 12 EBADMSG ! expected bpf_maps_immutable=TRUE|FALSE, found "bpf_maps_immutable=true"; did you mean "bpf_maps_immutable=TRUE"?
            bpf_clint_uid=0 ! 12 EBADMSG ! expected a property, found "bpf_clint_uid=0"; did you mean "bpf_client_uid="?
            """)
    void aWordThatCannotBeMeantIsAnErrorWithItsPlace(String word, String place, String message) {
        PolicySource source = read(word.replace("DIGEST", DIGEST), Dialect.BPFGATE);

        assertThat(source.errors()).singleElement().satisfies(error -> {
            assertThat(error.line()).isEqualTo(3);
            assertThat(error.column() + " " + error.errno()).isEqualTo(place);
            assertThat(error.message()).isEqualTo(message.replace("DIGEST", DIGEST));
        });
    }

    /** Each is one step outside of what is allowed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf_name=a`",
                "bpf_name=a{",
                "bpf_name=a@",
                "bpf_name=a[",
                "bpf_name=a/",
                "bpf_name=a:",
                "bpf_name=a\u00e4",
                "bpf_client_unit=a`.service",
                "bpf_client_unit=a{.service",
                "bpf_client_unit=a[.service",
                "bpf_client_unit=a/.service",
                "bpf_client_unit=a;.service",
                "bpf_client_unit=a\u00e4.service",
                "bpf_client_unit=a.",
                "bpf_client_unit=.a",
                "bpf_client_unit=a",
                "bpf_client_unit=0" + UNIT_OF_255
            })
    void aNameThatTheKernelOrSystemdWouldNotTakeIsAnError(String word) {
        assertThat(read(word, Dialect.BPFGATE).errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bpf_signer", "bpf_prog_type", "bpf_helper", "bpf_client_uid", "bpf_probe", "bpf_maps_immutable"
            })
    void theKernelsDialectsKnowNoneOfThem(String key) {
        assertThat(read(key + "=x", Dialect.OPS8).errors().getFirst().message())
                .isEqualTo("\"" + key + "\" is a word of the dialect bpfgate, and this policy is read as ops8");
    }

    @ParameterizedTest
    @EnumSource(ProgramType.class)
    void everyProgramTypeHasItsWord(ProgramType type) {
        assertThat(read("bpf_prog_type=" + type.label(), Dialect.BPFGATE).errors())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AttachType.class)
    void everyAttachTypeHasItsWord(AttachType type) {
        assertThat(read("bpf_attach_type=" + type.label(), Dialect.BPFGATE).errors())
                .isEmpty();
    }

    static String[] helpers() {
        return Helpers.names();
    }

    @ParameterizedTest
    @MethodSource("helpers")
    void everyHelperHasItsWord(String name) {
        assertThat(read("bpf_helper=!" + name, Dialect.BPFGATE).errors()).isEmpty();
    }

    private static PolicySource read(String word, Dialect dialect) {
        String text = BEFORE + word + " action=DENY\n";
        return PolicyParser.read(text.getBytes(StandardCharsets.ISO_8859_1), dialect);
    }
}
