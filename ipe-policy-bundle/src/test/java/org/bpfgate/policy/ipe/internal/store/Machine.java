package org.bpfgate.policy.ipe.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.jspecify.annotations.Nullable;

/** A machine with one state directory, which can be restarted. Remembers what decides and what was recorded. */
final class Machine implements AuditSink {
    final FakeSignatures signatures = new FakeSignatures();
    final List<String> records = new ArrayList<>();
    private final Path directory;
    private boolean unsigned;
    private @Nullable Policy boot;
    private @Nullable Policy deciding;
    private PolicyStore store;

    Machine(Path directory) {
        this.directory = directory;
        store = start();
    }

    Machine allowUnsigned() {
        unsigned = true;
        store = start();
        return this;
    }

    Machine boot(String name, String version) {
        try {
            boot = PolicyParser.parse(Policies.text(name, version));
        } catch (PolicySyntaxException e) {
            throw new IllegalArgumentException(e);
        }
        store = start();
        return this;
    }

    /** Forgets everything that is not on the disk, and takes up the active policy. */
    void restart() throws PolicyException {
        store = start();
        deciding = store.active();
    }

    private PolicyStore start() {
        return new PolicyStore(
                directory,
                new PolicyReader(() -> signatures, null),
                unsigned,
                boot,
                policy -> deciding = policy,
                new PolicyAudit(() -> this, "ipe"));
    }

    PolicyStore store() {
        return store;
    }

    /** Returns the loaded policies as {@code NAME VERSION}, the active one with a star. */
    List<String> loaded() throws PolicyException {
        List<String> all = new ArrayList<>();
        for (LoadedPolicy policy : store.list()) {
            all.add(policy.name() + " " + policy.version() + (policy.active() ? " *" : ""));
        }
        return all;
    }

    /** Returns which policy decides. */
    String deciding() {
        return deciding == null
                ? "none"
                : deciding.header().name() + " " + deciding.header().version();
    }

    static void assertFails(Errno errno, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        PolicyException.class,
                        e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno));
    }

    @Override
    public boolean record(AuditRecord record) {
        return records.add(record.type().number() + " " + record.kernelText().orElseThrow());
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public boolean flush(Duration longest) {
        return true;
    }
}
