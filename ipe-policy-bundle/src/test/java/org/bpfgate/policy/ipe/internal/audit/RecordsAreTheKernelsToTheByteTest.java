package org.bpfgate.policy.ipe.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.audit.AuditClient;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the kernel's documentation, its selftests and its CI. */
class RecordsAreTheKernelsToTheByteTest {
    private static final Login NOBODY = new Login(Login.UNSET, Login.UNSET);
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void aDeniedFile() {
        AccessEvent event = new AccessEvent(
                "EXECUTE",
                "MMAP",
                new AuditClient(2241, 2241, 0, "ld-linux.so"),
                new AccessEvent.File("/deny/lib/libc.so.6", "sda2", 14549020),
                null);

        assertThat(text(new AccessRecord(event, true, false, line("DEFAULT action=DENY"))))
                .isEqualTo("ipe_op=EXECUTE ipe_hook=MMAP enforcing=1 pid=2241 comm=\"ld-linux.so\""
                        + " path=\"/deny/lib/libc.so.6\" dev=\"sda2\" ino=14549020 rule=\"DEFAULT action=DENY\"");
    }

    @Test
    void anEventWithoutAFile() {
        AccessEvent event = new AccessEvent("EXECUTE", "MMAP", new AuditClient(2472, 2472, 0, "mmap_test"), null, null);

        assertThat(text(new AccessRecord(event, true, false, line("DEFAULT action=DENY"))))
                .isEqualTo("ipe_op=EXECUTE ipe_hook=MMAP enforcing=1 pid=2472 comm=\"mmap_test\""
                        + " path=? dev=? ino=? rule=\"DEFAULT action=DENY\"");
    }

    @Test
    void aPermissiveDenial() {
        AccessEvent event = new AccessEvent(
                "EXECUTE",
                "BPRM_CHECK",
                new AuditClient(1204583, 1204583, 0, "bash"),
                new AccessEvent.File("/srv/bin/true", "tmpfs", 2),
                null);

        assertThat(text(new AccessRecord(event, false, false, line("DEFAULT op=EXECUTE action=DENY"))))
                .isEqualTo("ipe_op=EXECUTE ipe_hook=BPRM_CHECK enforcing=0 pid=1204583 comm=\"bash\""
                        + " path=\"/srv/bin/true\" dev=\"tmpfs\" ino=2 rule=\"DEFAULT op=EXECUTE action=DENY\"");
    }

    @Test
    void aBpfProgramAddsNoFieldToTheKernelsText() {
        AccessEvent event = new AccessEvent(
                "BPF_PROG_LOAD",
                "BPF_PROG_LOAD",
                new AuditClient(812, 815, 0, "test_progs"),
                null,
                new AccessEvent.Program("count", "xdp"));
        PolicyBasis rule = line("op=BPF_PROG_LOAD\t bpf_signature=UNSIGNED   action=DENY");

        assertThat(text(new AccessRecord(event, true, false, rule)))
                .isEqualTo("ipe_op=BPF_PROG_LOAD ipe_hook=BPF_PROG_LOAD enforcing=1 pid=812 comm=\"test_progs\""
                        + " path=? dev=? ino=? rule=\"op=BPF_PROG_LOAD bpf_signature=UNSIGNED action=DENY\"");
        assertThat(JsonMembers.object(new AccessRecord(event, true, false, rule)::describe))
                .isEqualTo("{\"op\":\"BPF_PROG_LOAD\",\"hook\":\"BPF_PROG_LOAD\",\"enforcing\":true,"
                        + "\"decision\":\"DENY\",\"client\":{\"pid\":812,\"tid\":815,\"uid\":0,\"comm\":\"test_progs\"},"
                        + "\"program\":\"count\",\"programType\":\"xdp\",\"policy\":{\"name\":\"P\",\"version\":\"1.0.0\"},"
                        + "\"rule\":{\"line\":1,\"text\":\"op=BPF_PROG_LOAD\\u0009 bpf_signature=UNSIGNED   action=DENY\","
                        + "\"kind\":\"RULE\"}}");
    }

    @Test
    void nobodyAskedAndNoLineHadASay() {
        AccessEvent event = new AccessEvent("UNKNOWN", "KERNEL_READ", null, null, null);

        assertThat(text(new AccessRecord(event, true, false, null)))
                .isEqualTo("ipe_op=UNKNOWN ipe_hook=KERNEL_READ enforcing=1 pid=? comm=? path=? dev=? ino=? rule=?");
    }

    @Test
    void anotherPolicyDecides() {
        PolicyFacts before = new PolicyFacts("Allow_All", "0.0.0", EMPTY);
        PolicyFacts after = new PolicyFacts(
                "boot_verified", "0.0.0", "820eea5b40ca42b51f68962354ba083122a20bb846f26765076dd8eed7b8f4db");

        assertThat(text(new ConfigChangeRecord(before, after, NOBODY, "ipe")))
                .isEqualTo("old_active_pol_name=\"Allow_All\" old_active_pol_version=0.0.0"
                        + " old_policy_digest=sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
                        + " new_active_pol_name=\"boot_verified\" new_active_pol_version=0.0.0"
                        + " new_policy_digest=sha256:820EEA5B40CA42B51F68962354BA083122A20BB846F26765076DD8EED7B8F4DB"
                        + " auid=4294967295 ses=4294967295 lsm=ipe res=1");
    }

    @Test
    void theFirstPolicyDecides() {
        assertThat(text(new ConfigChangeRecord(
                        null, new PolicyFacts("a\"b", "1.2.3", EMPTY), new Login(1000, 3), "ipe")))
                .startsWith("old_active_pol_name=? old_active_pol_version=? old_policy_digest=? "
                        + "new_active_pol_name=\"a\"b\" new_active_pol_version=1.2.3 ")
                .endsWith(" auid=1000 ses=3 lsm=ipe res=1");
    }

    @Test
    void aPolicyIsLoaded() {
        PolicyFacts policy = new PolicyFacts("p", "1.0.0", EMPTY);

        assertThat(text(PolicyLoadRecord.loaded(policy, NOBODY, "ipe")))
                .isEqualTo("policy_name=\"p\" policy_version=1.0.0"
                        + " policy_digest=sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
                        + " auid=4294967295 ses=4294967295 lsm=ipe res=1 errno=0");
    }

    @Test
    void aPolicyIsRefused() {
        PolicyLoadRecord refused = PolicyLoadRecord.refused(Errno.EKEYREJECTED, "tampered", NOBODY, "ipe");

        assertThat(text(refused))
                .isEqualTo("policy_name=? policy_version=? policy_digest=?"
                        + " auid=4294967295 ses=4294967295 lsm=ipe res=0 errno=-129");
        assertThat(JsonMembers.object(refused::describe))
                .isEqualTo("{\"lsm\":\"ipe\",\"errno\":\"EKEYREJECTED\",\"reason\":\"tampered\"}");
    }

    @Test
    void enforcementIsSwitched() {
        assertThat(text(new MacStatusRecord(false, NOBODY, "ipe")))
                .isEqualTo("enforcing=0 old_enforcing=1 auid=4294967295 ses=4294967295"
                        + " enabled=1 old-enabled=1 lsm=ipe res=1");
    }

    @ParameterizedTest
    @CsvSource({
        "op=EXECUTE  dmverity_roothash=sha256:cd2c5b action=DENY,"
                + "op=EXECUTE dmverity_roothash=\"sha256\":CD2C5B action=DENY",
        "op=EXECUTE fsverity_digest=:Ab action=DENY, op=EXECUTE fsverity_digest=\"\":AB action=DENY",
        "op=EXECUTE fsverity_digest=a\"b:00 action=DENY, op=EXECUTE fsverity_digest=612262:00 action=DENY",
        "DEFAULT\top=POLICY\taction=ALLOW, DEFAULT op=POLICY action=ALLOW",
    })
    void rulesAreWordedFromWhatTheyMean(String line, String worded) {
        assertThat(AuditText.rule(line)).isEqualTo(worded);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "sh, '\"sh\"'",
                "'', '\"\"'",
                "'a b', 612062",
                "'a\"b', 612262",
                "'\u00e9', E9",
                "'\u007f', 7F",
            })
    void textsOfOthersCannotForgeARecord(String text, String written) {
        assertThat(AuditText.untrusted(text)).isEqualTo(written);
    }

    private static PolicyBasis line(String text) {
        return new PolicyBasis("P", "1.0.0", PolicyBasis.Kind.RULE, 1, text);
    }

    private static String text(AuditRecord record) {
        return record.kernelText().orElseThrow();
    }
}
