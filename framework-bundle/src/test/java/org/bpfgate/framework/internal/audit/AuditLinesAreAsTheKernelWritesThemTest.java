package org.bpfgate.framework.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.junit.jupiter.api.Test;

class AuditLinesAreAsTheKernelWritesThemTest {
    private static final Instant TIME = Instant.parse("2022-05-24T03:52:50.067Z");

    @Test
    void theKernelsFormat() {
        assertThat(line(AuditFormat.KERNEL, new Note("é"), StandardCharsets.ISO_8859_1))
                .isEqualTo("type=1420 audit(1653364370.067:61): note=é\n");
    }

    @Test
    void oneJsonObject() {
        assertThat(line(AuditFormat.JSON, new Note("é\n"), StandardCharsets.UTF_8))
                .isEqualTo("{\"time\":\"2022-05-24T03:52:50.067Z\",\"sequence\":61,\"type\":1420,"
                        + "\"record\":\"IPE_ACCESS\",\"note\":\"é\\u000a\"}\n");
    }

    @Test
    void whatTheKernelHasNoRecordForIsNotInItsFormat() {
        AuditRecord jsonOnly = new AuditRecord() {
            @Override
            public AuditType type() {
                return AuditType.BPF;
            }

            @Override
            public Optional<String> kernelText() {
                return Optional.empty();
            }

            @Override
            public void describe(JsonMembers json) {}
        };

        assertThat(AuditFormat.KERNEL.line(new Stamped(TIME, jsonOnly), 1)).isEmpty();
        assertThat(AuditFormat.JSON.line(new Stamped(TIME, jsonOnly), 1)).isPresent();
    }

    private static String line(AuditFormat format, AuditRecord record, java.nio.charset.Charset charset) {
        return new String(format.line(new Stamped(TIME, record), 61).orElseThrow(), charset);
    }
}
