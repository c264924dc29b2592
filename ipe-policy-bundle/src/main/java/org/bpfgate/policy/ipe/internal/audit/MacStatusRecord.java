package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;

/**
 * Record 1404: enforcement was switched on or off.
 *
 * @param enforcing whether denials count from now on; before it was the other way round
 * @param login who did it
 * @param lsm the name of the policy module
 */
public record MacStatusRecord(boolean enforcing, Login login, String lsm) implements AuditRecord {
    /** Refuses nulls. */
    public MacStatusRecord {
        Objects.requireNonNull(login);
        Objects.requireNonNull(lsm);
    }

    @Override
    public AuditType type() {
        return AuditType.MAC_STATUS;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of("enforcing=" + AuditText.bit(enforcing) + " old_enforcing=" + AuditText.bit(!enforcing) + " "
                + login.fields() + " enabled=1 old-enabled=1 lsm=" + lsm + " res=1");
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("lsm", lsm);
        json.bool("enforcing", enforcing);
        login.describe(json);
    }
}
