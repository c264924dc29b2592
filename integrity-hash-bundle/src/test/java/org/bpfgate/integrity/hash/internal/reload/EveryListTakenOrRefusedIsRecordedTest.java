package org.bpfgate.integrity.hash.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.RecordedSets;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryListTakenOrRefusedIsRecordedTest {
    private static final String D = "0123456789abcdef".repeat(4);

    @TempDir
    private Path directory;

    private final List<String> records = new ArrayList<>();
    private final List<String> inUse = new ArrayList<>();
    private boolean open = true;

    private final AuditSink sink = new AuditSink() {
        @Override
        public boolean record(AuditRecord record) {
            assertThat(record.type()).isEqualTo(AuditType.KERNEL_OTHER);
            assertThat(record.kernelText()).as("the kernel has no such record").isEmpty();
            return records.add(JsonMembers.object(record::describe));
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public boolean flush(Duration longest) {
            return true;
        }
    };

    private final ToySigner signer = new ToySigner();
    private final AllowlistManager lists = new AllowlistManager(
            new RecordedSets(),
            new AllowlistLoader(() -> signer),
            new AllowlistJournal(() -> sink, (all, problems, warnings) -> {
                inUse.clear();
                inUse.addAll(all);
            }));
    private Path allowed;

    @BeforeEach
    void use() throws IOException, AllowlistException {
        signer.trust('A');
        allowed = directory.resolve("allowed");
        write(ToySigner.message('A', D + "  one # type=xdp\n"));
        Path revoked = Files.writeString(directory.resolve("revoked"), "#!valid-from 2026-11-01T00:00:00Z\n");
        lists.use(new AllowlistPaths(List.of(allowed), List.of(revoked), false));
    }

    @Test
    void withWhereItComesFromAndWhatItCounts() {
        String empty = "\"warning\":\"" + directory.resolve("revoked") + ": the list is empty; it revokes nothing\",";
        assertThat(records)
                .containsExactlyInAnyOrder(
                        record("allowed", "allowlist", "taken", "")
                                + "\"counting\":{\"form\":\"manifest\",\"signer\":\"CN=A\",\"programs\":1}}",
                        record("revoked", "revocations", "taken", empty)
                                + "\"counting\":{\"form\":\"text\",\"programs\":0,\"validFrom\":\"2026-11-01T00:00:00Z\"}}");
        assertThat(inUse)
                .containsExactlyInAnyOrder(
                        "allowlist " + allowed + " (manifest, 1 program, signed by CN=A)",
                        "revocations " + directory.resolve("revoked")
                                + " (text, 0 programs, valid from 2026-11-01T00:00:00Z)");
    }

    @Test
    void whenItsFileIsBadAndWhenItIsGoodAgain() throws IOException {
        records.clear();
        write(ToySigner.message('B', D + "  one # type=xdp\n"));
        lists.reloadIfChanged();
        String reason = "\"reason\":\"" + allowed + ":1:1: BADSIG: the signer is not in the keyring\",";
        assertThat(records).singleElement().asString().startsWith(record("allowed", "allowlist", "kept", reason));
        records.clear();
        signer.trust('B');
        lists.reloadIfChanged();
        assertThat(records).singleElement().asString().startsWith(record("allowed", "allowlist", "taken", ""));
    }

    @Test
    void whenItsSignerIsNotTrustedAnyMore() {
        records.clear();
        signer.trust();
        lists.reloadIfChanged();
        String reason = "\"reason\":\"" + allowed + ":1:1: BADSIG: the signer is not in the keyring\",";
        assertThat(records).singleElement().asString().startsWith(record("allowed", "allowlist", "distrusted", reason));
        assertThat(inUse)
                .contains("allowlist " + allowed + " (manifest, 1 program, signed by CN=A), not trusted any more");
    }

    @Test
    void butNoRecordIsMadeWhileNobodyKeepsAny() throws IOException {
        records.clear();
        open = false;
        write("# empty\n".getBytes(StandardCharsets.UTF_8));
        lists.reloadIfChanged();
        assertThat(records).isEmpty();
    }

    private void write(byte[] content) throws IOException {
        Files.write(allowed, content);
    }

    private String record(String name, String kind, String outcome, String reason) {
        return "{\"lsm\":\"allowlist\",\"list\":\"" + directory.resolve(name) + "\",\"kind\":\"" + kind
                + "\",\"outcome\":\"" + outcome + "\"," + reason;
    }
}
