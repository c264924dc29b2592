package org.bpfgate.framework.internal.audit;

import java.time.Instant;
import org.bpfgate.audit.AuditRecord;

/**
 * A record on its way to the file.
 *
 * @param time when the sink took it
 * @param record what happened
 */
record Stamped(Instant time, AuditRecord record) {}
