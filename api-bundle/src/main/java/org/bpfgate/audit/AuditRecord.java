package org.bpfgate.audit;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What one event leaves behind. The event is captured when the record is made; its texts are only made when a sink asks,
 * on the sink's thread, so an implementation is immutable, and small, as thousands may wait. When and in which order records came is the sink's to say.
 */
@ConsumerType
public interface AuditRecord {
    /** Returns the kind of the record. */
    AuditType type();

    /**
     * Returns the record as the kernel words it, without {@code type=… audit(…): } before it; one line, one character per byte
     * (ISO 8859-1). Empty when the kernel has no such record; a file in the kernel's format then leaves it out.
     */
    Optional<String> kernelText();

    /**
     * Returns all records that the kernel writes of the event, in its order; those have one number. Unless it is overridden that is
     * the one of {@link #kernelText()}.
     */
    default List<KernelLine> kernelLines() {
        return kernelText().map(text -> new KernelLine(type(), text)).stream().toList();
    }

    /**
     * Writes the members of the record's JSON object, but {@code time}, {@code sequence}, {@code type} and {@code record}, which
     * the sink writes.
     */
    void describe(JsonMembers json);
}
