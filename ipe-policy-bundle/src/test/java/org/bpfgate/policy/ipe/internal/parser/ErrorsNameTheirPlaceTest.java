package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the texts, {@code ~} is LF, {@code ^} is CR, {@code >} is TAB, and a line {@code H} or {@code D} is a header or a default. */
final class ErrorsNameTheirPlaceTest {
    private static final String HEADER = "policy_name=p policy_version=0.0.0";

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            ''! 1:1 EBADMSG! expected policy_name=NAME policy_version=N.N.N, found nothing but blanks and comments
            '# c~~'! 1:1 EBADMSG! expected policy_name=NAME policy_version=N.N.N, found nothing but blanks and comments
            '~polici_name=p policy_version=0.0.0'! 2:1 EBADMSG! expected policy_name= in policy_name=NAME policy_version=N.N.N, found "polici_name=p"; did you mean "policy_name="?
            'DEFAULT action=DENY'! 1:1 EBADMSG! expected policy_name= in policy_name=NAME policy_version=N.N.N, found "DEFAULT"
            'policy_name=p'! 1:14 EBADMSG! expected policy_version= in policy_name=NAME policy_version=N.N.N, found the end of the line
            'policy_name= policy_version=0.0.0'! 1:1 EBADMSG! expected a value after policy_name=, found "policy_name="
            'policy_name=p policy_version=1.x.0'! 1:32 EINVAL! expected a number from 0 to 65535 in the version, found "policy_version=1.x.0"
            'policy_name=p policy_version=1.65536.0'! 1:32 ERANGE! a part of a version is at most 65535
            'policy_name=p policy_version=1.2'! 1:33 EBADMSG! expected three parts in a version, found only 2
            'policy_name=p policy_version=1.2.3.4'! 1:36 EBADMSG! expected three parts in a version, found a fourth
            'policy_name=p policy_version=1.2.3 x=y'! 1:36 EBADMSG! expected the end of the line after policy_name=NAME policy_version=N.N.N, found "x=y"
            'H'! 1:35 EBADMSG! expected DEFAULT action=ALLOW|DENY, or a default for each operation; op=EXECUTE has none at the end of the policy
            'H~op=EXECUTE action=DENY # c~'! 2:23 EBADMSG! expected DEFAULT action=ALLOW|DENY, or a default for each operation; op=EXECUTE has none at the end of the policy
            'H~D~D'! 3:1 EBADMSG! expected one default for the policy, which has its own at line 2, found "DEFAULT"
            'H~D~DEFAULT op=POLICY action=DENY~DEFAULT op=POLICY action=DENY'! 4:1 EBADMSG! expected one default for op=POLICY, which has its own at line 3, found "DEFAULT"
            'H~D~op=EXECUT action=DENY'! 3:1 EBADMSG! expected DEFAULT or op=EXECUTE|FIRMWARE|KMODULE|KEXEC_IMAGE|KEXEC_INITRAMFS|POLICY|X509_CERT|BPF_PROG_LOAD, found "op=EXECUT"; did you mean "op=EXECUTE"?
            'H~D~default action=DENY'! 3:1 EBADMSG! expected DEFAULT or op=EXECUTE|FIRMWARE|KMODULE|KEXEC_IMAGE|KEXEC_INITRAMFS|POLICY|X509_CERT|BPF_PROG_LOAD, found "default"; did you mean "DEFAULT"?
            'H~D~DEFAULT op=NOTHING action=DENY'! 3:9 EBADMSG! expected op=EXECUTE|FIRMWARE|KMODULE|KEXEC_IMAGE|KEXEC_INITRAMFS|POLICY|X509_CERT|BPF_PROG_LOAD, found "op=NOTHING"
            'H~D~DEFAULT op=POLICY boot_verified=TRUE action=DENY'! 3:19 EBADMSG! expected the action, because a default has no properties, found "boot_verified=TRUE"
            'H~D~action=DENY'! 3:1 EBADMSG! expected DEFAULT or op=OPERATION before the action, found "action=DENY"
            'H^~D^~^~> op=EXECUTE>action=DEN'! 4:14 EBADMSG! expected action=ALLOW|DENY as the last word, found "action=DEN"; did you mean "action=DENY"?
            'H^D^op=EXECUTE boot_verified=TRUE'! 3:12 EBADMSG! expected action=ALLOW|DENY as the last word, found "boot_verified=TRUE"
            'H~D~op=EXECUTE boot_verifed=TRUE action=DENY'! 3:12 EBADMSG! expected a property, found "boot_verifed=TRUE"; did you mean "boot_verified="?
            'H~D~op=EXECUTE boot_verified=true action=DENY'! 3:12 EBADMSG! expected boot_verified=TRUE|FALSE, found "boot_verified=true"; did you mean "boot_verified=TRUE"?
            'H~D~op=EXECUTE boot_verified action=DENY'! 3:12 EBADMSG! expected boot_verified=TRUE|FALSE, found "boot_verified"
            'H~D~op=BPF_PROG_LOAD bpf_signature=BADSIGN action=DENY'! 3:18 EBADMSG! expected bpf_signature=NONE|OK|UNSIGNED|PARTIALSIG|UNKNOWNKEY|UNEXPECTED|FAULT|BADSIG, found "bpf_signature=BADSIGN"; did you mean "bpf_signature=BADSIG"?
            'H~D~op=BPF_PROG_LOAD bpf_keyring=1 action=DENY'! 3:18 EBADMSG! expected bpf_keyring=BUILTIN|SECONDARY|PLATFORM, found "bpf_keyring=1"
            'H~D~op=EXECUTE dmverity_roothash=abc action=DENY'! 3:12 EBADMSG! expected dmverity_roothash=ALGORITHM:HEX, found "dmverity_roothash=abc"
            'H~D~op=EXECUTE dmverity_roothash=x:0g action=DENY'! 3:33 EINVAL! expected a hexadecimal digit in dmverity_roothash=ALGORITHM:HEX
            'H~D~op=EXECUTE fsverity_digest=x:012 action=DENY'! 3:33 EINVAL! expected an even number of hexadecimal digits after fsverity_digest=ALGORITHM:, found 3
            'H~D~op=BPF_PROG_LOAD bpf_integrity=a:OK action=DENY'! 3:18 EBADMSG! "bpf_integrity" is a word of the dialect bpfgate, and this policy is read as ops8
            '# dialect: ops7~H~D~op=BPF_PROG_LOAD action=DENY'! 4:1 EBADMSG! "op=BPF_PROG_LOAD" is a word of the dialect ops8, and this policy is read as ops7
            '# dialect: ops7~H~D~op=EXECUTE bpf_kernel=TRUE action=DENY'! 4:12 EBADMSG! "bpf_kernel" is a word of the dialect ops8, and this policy is read as ops7
            '# dialect: bpfgate~H~D~op=EXECUTE bpf_integrity=OK action=DENY'! 4:12 EBADMSG! expected bpf_integrity=LSM:VERDICT, found "bpf_integrity=OK"
            '# dialect: bpfgate~H~D~op=EXECUTE bpf_integrity=Hornet:OK action=DENY'! 4:26 EBADMSG! expected the name of a verifier (up to 32 of a-z, 0-9, - and _, beginning with a letter), found "bpf_integrity=Hornet:OK"
            '# dialect: bpfgate~H~D~op=EXECUTE bpf_integrity=a:KO action=DENY'! 4:12 EBADMSG! expected bpf_integrity=a:NONE|OK|UNSIGNED|PARTIALSIG|UNKNOWNKEY|UNEXPECTED|FAULT|BADSIG, found "bpf_integrity=a:KO"; did you mean "bpf_integrity=a:OK"?
            """)
    void withLineColumnAndWhatWasExpected(String text, String place, String message) {
        PolicySyntaxException error = error(expand(text));

        assertThat(error.line() + ":" + error.column() + " " + error.errno()).isEqualTo(place);
        assertThat(error).hasMessage(message);
    }

    @Test
    void aNulByteThatEndsThePolicyTooEarlyIsNamed() {
        assertThat(error("p\0o\0l\0i\0c\0y\0"))
                .hasMessageEndingWith("found \"p\" (a NUL byte ends the policy after 1 bytes)");
    }

    @Test
    void bytesThatAreNoLettersAreEscapedAndLongWordsShortened() {
        assertThat(error("\u001b\u00e4" + "x".repeat(100)))
                .hasMessageEndingWith("found \"\\x1b\\xe4" + "x".repeat(46) + "…\"");
    }

    @Test
    void aVerifierThatNoModuleCanHaveIsRefused() {
        String rule = expand("# dialect: bpfgate~H~D~op=EXECUTE bpf_integrity=" + "a".repeat(33) + ":OK action=DENY");

        assertThat(error(rule)).hasMessageStartingWith("expected the name of a verifier");
    }

    private static String expand(String text) {
        return text.replaceAll("(?<=^|~)H(?=[~^]|$)", HEADER)
                .replaceAll("(?<=[~^])D(?=[~^]|$)", "DEFAULT action=DENY")
                .replace('~', '\n')
                .replace('^', '\r')
                .replace('>', '\t');
    }

    private static PolicySyntaxException error(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return catchThrowableOfType(PolicySyntaxException.class, () -> PolicyParser.parse(bytes));
    }
}
