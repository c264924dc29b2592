package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.jspecify.annotations.Nullable;

/**
 * Record 1421: another policy decides from now on.
 *
 * @param before the policy that decided; null for none
 * @param after the policy that decides
 * @param login who did it
 * @param lsm the name of the policy module
 */
public record ConfigChangeRecord(@Nullable PolicyFacts before, PolicyFacts after, Login login, String lsm)
        implements AuditRecord {
    /** Refuses nulls. */
    public ConfigChangeRecord {
        Objects.requireNonNull(after);
        Objects.requireNonNull(login);
        Objects.requireNonNull(lsm);
    }

    @Override
    public AuditType type() {
        return AuditType.IPE_CONFIG_CHANGE;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of(old() + " new_active_pol_name=\"" + after.name() + "\" new_active_pol_version="
                + after.version() + " new_policy_digest=" + after.digestText() + " " + login.fields() + " lsm=" + lsm
                + " res=1");
    }

    private String old() {
        return before == null
                ? "old_active_pol_name=? old_active_pol_version=? old_policy_digest=?"
                : "old_active_pol_name=\"" + before.name() + "\" old_active_pol_version=" + before.version()
                        + " old_policy_digest=" + before.digestText();
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("lsm", lsm);
        if (before != null) {
            json.object("oldPolicy", before::describe);
        }
        json.object("newPolicy", after::describe);
        login.describe(json);
    }
}
