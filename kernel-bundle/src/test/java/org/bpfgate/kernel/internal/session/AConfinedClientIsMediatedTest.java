package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

/** A client in a pid namespace of its own is known by its number outside, and gets programs and reasons as any other. */
@Tag("kernel")
class AConfinedClientIsMediatedTest {
    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    @AutoClose("stop")
    private static RealStack stack;

    private static String client = "";

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        client = Client.compiled("client.c", directory);
        stack = RealStack.start(storage);
    }

    private int run(HookResult decision, String what) throws Exception {
        MediatedCommand command = new MediatedCommand(List.of(client, what), false, true);
        return stack.run(new RealStack.Deciding(load -> decision), command, records::add);
    }

    @Test
    void itsLoadsAreMadeForIt() throws Exception {
        assertThat(run(HookResult.ALLOW, "load")).isZero();
        MediationRecord record = records.getFirst();
        assertThat(record.result().fd()).isPresent();
        assertThat(record.client().orElseThrow().comm()).isEqualTo("client");
        assertThat(record.client().orElseThrow().pid())
                .as("more than the few numbers of a new namespace")
                .isGreaterThan(20);
    }

    @Test
    void itReadsTheReasonOfADenial() throws Exception {
        assertThat(run(HookResult.deny(Errno.EPERM, "not today"), "denial-log")).isZero();
    }

    /** The thread that started it is back in its pid namespace: it can start threads again. */
    @Test
    void oneCommandAfterAnotherIsConfined() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(run(HookResult.ALLOW, "load")).isZero();
        }
    }
}
