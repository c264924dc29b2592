package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlipsFromOtherLanguagesAreExplainedTest {
    private static final String BEFORE = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";
    private static final String HEX = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String PAIRS = HEX.replaceAll("..(?=.)", "$0:").toUpperCase(Locale.ROOT);

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            op=BPF_PROG_LOAD bpf_signature = OK action=ALLOW          ; bpf_signature=OK        ; no blanks
            op=BPF_PROG_LOAD bpf_signature= OK action=ALLOW           ; bpf_signature=OK        ; no blanks
            op=BPF_PROG_LOAD bpf_signature =OK action=ALLOW           ; bpf_signature=OK        ; no blanks
            op = BPF_PROG_LOAD action=ALLOW                           ; op=BPF_PROG_LOAD        ; no blanks
            op=BPF_PROG_LOAD action = ALLOW                           ; action=ALLOW            ; no blanks
            op=BPF_PROG_LOAD bpf_prog_type=xdp,kprobe action=ALLOW    ; bpf_prog_type={xdp,kprobe} ; a set in braces
            op=BPF_PROG_LOAD bpf_prog_type=xdp or bpf_prog_type=lsm action=ALLOW ;              ; no "or"
            op=BPF_PROG_LOAD bpf_prog_type=xdp and bpf_name=a action=ALLOW ;                    ; leave the word out
            op=BPF_PROG_LOAD not bpf_prog_type=xdp action=ALLOW       ;                         ; no "not"
            op=BPF_PROG_LOAD bpf_signature!=OK action=DENY            ;                         ; no !=: the first rule
            op=BPF_PROG_LOAD bpf_helper!=bpf_loop action=DENY         ; bpf_helper=!bpf_loop    ; no !=
            op=BPF_PROG_LOAD bpf_probe!=TRUE action=DENY              ; bpf_probe=FALSE         ; no !=
            op=BPF_PROG_LOAD bpf_signature==OK action=DENY            ; bpf_signature=OK        ; expected
            op=BPF_PROG_LOAD bpf_signer=HEX action=DENY               ; bpf_signer=sha256:HEX   ; ALGORITHM:HEX
            op=BPF_PROG_LOAD bpf_digest=HEX action=DENY               ; bpf_digest=sha256:HEX   ; ALGORITHM:HEX
            op=EXECUTE fsverity_digest=HEX action=DENY                ; fsverity_digest=sha256:HEX ; ALGORITHM:HEX
            op=BPF_PROG_LOAD bpf_signer=PAIRS action=DENY             ; bpf_signer=sha256:HEX   ; ALGORITHM:HEX
            op=BPF_PROG_LOAD bpf_signer=SHA256:PAIRS action=DENY      ; bpf_signer=sha256:HEX   ; ALGORITHM:HEX
            op=BPF_PROG_LOAD bpf_digest=sha512:HEXHEX action=DENY     ;                         ; by SHA512, and only one by SHA-256
            op=BPF_PROG_LOAD bpf_digest=HEXHEX action=DENY            ;                         ; by SHA512, and only one by SHA-256
            op=BPF_PROG_LOAD bpf_client_exe=sha512:HEXHEX action=DENY ;                         ; sha256sum FILE
            op=BPF_PROG_LOAD bpf_client_exe=/usr/bin/tc action=DENY   ;                         ; a path stands where a digest is wanted; sha256sum FILE
            op=BPF_PROG_LOAD bpf_digest=./a.o action=DENY             ;                         ; bpfgate check --format json FILE
            op=BPF_PROG_LOAD bpf_signer=../a.crt action=DENY          ;                         ; openssl x509 -noout -fingerprint
            op=EXECUTE fsverity_digest=sha512=HEXHEX action=DENY      ; fsverity_digest=sha512:HEXHEX ; ALGORITHM:HEX
            op=EXECUTE fsverity_digest=/usr/bin/tc action=DENY        ;                         ; fsverity digest FILE
            op=BPF_PROG_LOAD bpf_prog_type=tc action=DENY             ; bpf_prog_type=sched_cls ; bpftool
            op=BPF_PROG_LOAD bpf_prog_type=BPF_PROG_TYPE_TC action=DENY ; bpf_prog_type=sched_cls ; bpftool
            op=BPF_PROG_LOAD bpf_attach_type=lsm action=DENY          ; bpf_attach_type=lsm_mac ; attach type
            op=BPF_PROG_LOAD bpf_name="a" action=DENY                 ; bpf_name=a              ; quotation marks
            op=BPF_PROG_LOAD bpf_signature=OK, action=DENY            ; bpf_signature=OK        ; expected
            """)
    void andTheRightFormIsSuggested(String rule, @Nullable String suggestion, String explanation) {
        Diagnostic error = error(rule.replace("HEX", HEX).replace("PAIRS", PAIRS), Dialect.BPFGATE);

        assertThat(error.message()).contains(explanation);
        assertThat(error.suggestion()).isEqualTo(suggestion == null ? null : suggestion.replace("HEX", HEX));
    }

    @Test
    void theKernelsDialectsHaveNoSets() {
        assertThat(error("op=BPF_PROG_LOAD bpf_signature=OK,NONE action=ALLOW", Dialect.OPS8)
                        .message())
                .contains("write one rule for each");
        assertThat(error("op=BPF_PROG_LOAD bpf_signature={OK,NONE} action=ALLOW", Dialect.OPS8)
                        .errno()
                        .name())
                .isEqualTo("EBADMSG");
    }

    @Test
    void theKeyringOfTheUserNeedsAnotherDialect() {
        assertThat(error("op=BPF_PROG_LOAD bpf_keyring=USER action=ALLOW", Dialect.OPS8)
                        .message())
                .contains("the dialects bpfgate and ops9 have USER");
    }

    private static Diagnostic error(String rule, Dialect dialect) {
        byte[] text = (BEFORE + rule + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return PolicyParser.read(text, dialect).errors().getFirst();
    }
}
