package org.bpfgate.framework.internal.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.KernelLine;
import org.jspecify.annotations.Nullable;

/** How a record becomes one line, or the several lines of one event. */
enum AuditFormat {
    /** One JSON object per line, in UTF-8. */
    JSON("json") {
        @Override
        Optional<byte[]> line(Stamped stamped, long sequence) {
            AuditRecord record = stamped.record();
            String object = JsonMembers.object(json -> {
                json.text("time", stamped.time().toString());
                json.number("sequence", sequence);
                json.number("type", record.type().number());
                json.text("record", record.type().name());
                record.describe(json);
            });
            return Optional.of((object + "\n").getBytes(StandardCharsets.UTF_8));
        }
    },

    /** As the kernel prints its audit records; those that it does not have are left out. */
    KERNEL("kernel") {
        @Override
        Optional<byte[]> line(Stamped stamped, long sequence) {
            StringBuilder lines = new StringBuilder();
            for (KernelLine line : stamped.record().kernelLines()) {
                lines.append("type=")
                        .append(line.type().number())
                        .append(" audit(")
                        .append(seconds(stamped.time()))
                        .append(':')
                        .append(sequence)
                        .append("): ")
                        .append(line.text())
                        .append('\n');
            }
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    };

    private final String label;

    AuditFormat(String label) {
        this.label = label;
    }

    /**
     * Words a record.
     *
     * @param sequence its number
     * @return the bytes of its line, or lines, each with its line feed; empty when this format has no such record
     */
    abstract Optional<byte[]> line(Stamped stamped, long sequence);

    /** Returns the format that a configuration calls so; null when there is none. */
    static @Nullable AuditFormat byLabel(String label) {
        for (AuditFormat format : values()) {
            if (format.label.equals(label)) {
                return format;
            }
        }
        return null;
    }

    /** Returns the seconds since 1970 with three decimal places. */
    private static String seconds(Instant time) {
        String millis = Integer.toString(1000 + time.getNano() / 1_000_000).substring(1);
        return time.getEpochSecond() + "." + millis;
    }
}
