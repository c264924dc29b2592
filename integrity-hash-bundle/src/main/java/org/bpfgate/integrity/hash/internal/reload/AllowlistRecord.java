package org.bpfgate.integrity.hash.internal.reload;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.integrity.hash.internal.list.DistrustedDigestList;
import org.bpfgate.integrity.hash.internal.list.Provenance;
import org.jspecify.annotations.Nullable;

/** The record of a list that was taken or refused. The kernel has no such record, so its format leaves it out. Immutable. */
final class AllowlistRecord implements AuditRecord {
    private final AllowlistSource source;
    private final Provenance counting;
    private final String outcome;
    private final @Nullable String problem;
    private final @Nullable String warning;

    private AllowlistRecord(AllowlistState list, String outcome, @Nullable String problem) {
        source = list.source();
        counting = list.list().provenance();
        this.outcome = outcome;
        this.problem = problem;
        List<String> warnings = list.warnings();
        warning = warnings.isEmpty() ? null : String.join("; ", warnings);
    }

    /** A list that counts from now on as its file has it. */
    static AllowlistRecord taken(AllowlistState list) {
        return new AllowlistRecord(list, "taken", null);
    }

    /** A list whose file, or signature, is bad; the record names what counts meanwhile. */
    static AllowlistRecord refused(AllowlistState list, String problem) {
        String outcome = list.list() instanceof DistrustedDigestList ? "distrusted" : "kept";
        return new AllowlistRecord(list, outcome, Objects.requireNonNull(problem));
    }

    @Override
    public AuditType type() {
        return AuditType.KERNEL_OTHER;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.empty();
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("lsm", "allowlist");
        json.text("list", source.file().toString());
        json.text("kind", source.kind());
        json.text("outcome", outcome);
        json.text("reason", problem);
        json.text("warning", warning);
        json.object("counting", counting::describe);
    }
}
