package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.osgi.framework.BundleException;

/** A permissive gate blocks nothing, wherever a module denies; and what it records is what it loaded from its copy. */
@Tag("kernel")
class PermissiveIsHarmlessTest {
    private static final HookResult DENIAL = HookResult.deny(Errno.EPERM, "not today");

    static final List<SecurityModule> DENYING = List.of(
            new RealStack.Deciding(load -> DENIAL),
            new RealStack.NoCommands(DENIAL),
            new RealStack.NoDescriptors(DENIAL));

    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    private static String client = "";

    @AutoClose("stop")
    private static RealStack stack;

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        client = Client.compiled("client.c", directory);
        stack = RealStack.start(storage);
    }

    private int run(SecurityModule module, boolean permissive) throws Exception {
        MediatedCommand command = new MediatedCommand(List.of(client, "load"), permissive);
        return stack.run(module, command, records::add);
    }

    @ParameterizedTest
    @FieldSource("DENYING")
    void aDeniedLoadIsMadeFromTheCopyAndTold(SecurityModule module) throws Exception {
        assertThat(run(module, true)).isZero();
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.isDenied()).isTrue();
            assertThat(record.result().fd()).as("from the copy").isPresent();
            assertThat(record.result().reason()).isEqualTo("permissive: would be denied: not today");
            assertThat(record.loaded()).isPresent();
        });
    }

    @ParameterizedTest
    @FieldSource("DENYING")
    void theSameLoadIsRefusedOtherwise(SecurityModule module) throws Exception {
        assertThat(run(module, false)).isEqualTo(Errno.EPERM.number());
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.isDenied()).isTrue();
            assertThat(record.result().errno()).contains("EPERM");
            assertThat(record.result().reason()).isEqualTo("not today");
        });
    }
}
