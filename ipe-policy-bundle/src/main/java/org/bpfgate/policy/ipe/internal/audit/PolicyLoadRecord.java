package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.hook.Errno;
import org.jspecify.annotations.Nullable;

/** Record 1422: a policy was loaded or updated, or this was refused. Immutable. */
public final class PolicyLoadRecord implements AuditRecord {
    private final @Nullable PolicyFacts policy;
    private final @Nullable Errno errno;
    private final String reason;
    private final Login login;
    private final String lsm;

    private PolicyLoadRecord(
            @Nullable PolicyFacts policy, @Nullable Errno errno, String reason, Login login, String lsm) {
        this.policy = policy;
        this.errno = errno;
        this.reason = Objects.requireNonNull(reason);
        this.login = Objects.requireNonNull(login);
        this.lsm = Objects.requireNonNull(lsm);
    }

    /**
     * A policy that was loaded.
     *
     * @param login who did it
     * @param lsm the name of the policy module
     */
    public static PolicyLoadRecord loaded(PolicyFacts policy, Login login, String lsm) {
        return new PolicyLoadRecord(Objects.requireNonNull(policy), null, "", login, lsm);
    }

    /**
     * A policy that was refused.
     *
     * @param errno the error number
     * @param reason why, for users; the kernel's text leaves it out
     * @param login who tried
     * @param lsm the name of the policy module
     */
    public static PolicyLoadRecord refused(Errno errno, String reason, Login login, String lsm) {
        return new PolicyLoadRecord(null, Objects.requireNonNull(errno), reason, login, lsm);
    }

    @Override
    public AuditType type() {
        return AuditType.IPE_POLICY_LOAD;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of(policyFields() + " " + login.fields() + " lsm=" + lsm
                + (errno == null ? " res=1 errno=0" : " res=0 errno=-" + errno.number()));
    }

    private String policyFields() {
        return policy == null
                ? "policy_name=? policy_version=? policy_digest=?"
                : "policy_name=\"" + policy.name() + "\" policy_version=" + policy.version() + " policy_digest="
                        + policy.digestText();
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("lsm", lsm);
        if (policy != null) {
            json.object("policy", policy::describe);
        }
        if (errno != null) {
            json.text("errno", errno.name());
            json.text("reason", reason);
        }
        login.describe(json);
    }
}
