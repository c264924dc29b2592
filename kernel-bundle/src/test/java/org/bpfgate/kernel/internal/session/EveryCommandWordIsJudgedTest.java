package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bpfgate.hook.BpfMapCreateHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.mediation.RefusedCall.Kind;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

/** Command words of bpf(2) that this version does not know, in front of the real kernel: none loads anything unseen. */
@Tag("kernel")
class EveryCommandWordIsJudgedTest {
    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    @AutoClose("stop")
    private static RealStack stack;

    private static String client = "";

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final List<RefusedCall> refused = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        client = Client.compiled("words.c", directory);
        stack = RealStack.start(storage);
    }

    /** Denies every load and every map. */
    private static final class Denying implements BpfProgLoadHook, BpfMapCreateHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named("denying");
        }

        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            return HookResult.deny(Errno.EACCES, "no load");
        }

        @Override
        public HookResult bpfMapCreate(MapCreation creation) {
            return HookResult.deny(Errno.ESTALE, "no map");
        }
    }

    private final class Listener implements MediationListener {
        @Override
        public void mediated(MediationRecord mediated) {
            records.add(mediated);
        }

        @Override
        public void refused(RefusedCall call) {
            refused.add(call);
        }
    }

    /** Allows loads, and decides on nothing else. */
    private static final SecurityModule ALLOWING = new RealStack.Deciding(load -> HookResult.ALLOW);

    /** Returns what the client printed. */
    private String run(SecurityModule module, boolean permissive, String... words) throws Exception {
        Path out = directory.resolve("out");
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > " + out, "sh", client));
        shell.addAll(List.of(words));
        stack.run(module, new MediatedCommand(shell, permissive), new Listener());
        return Files.readString(out);
    }

    private static List<String> withoutGate(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(client));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static boolean flagIsKnown() {
        return Machine.link().knowsCommonAttributes();
    }

    @Test
    void noWordLoadsWhatIsDenied() throws Exception {
        String flag = flagIsKnown() ? "13" : "22";
        String printed = run(
                new Denying(),
                false,
                "load",
                "5",
                "0x10005",
                "0xdeadbeef00000005",
                "0x80000005",
                "0x20005",
                "99",
                "39");
        assertThat(printed.lines()).containsExactly("13", flag, "13", "22", "22", "22", "22");
        assertThat(refused)
                .filteredOn(RefusedCall::isUnexpected)
                .extracting(RefusedCall::wordText)
                .containsExactly("0x80000005", "0x20005", "0x63", "0x27");
        assertThat(refused)
                .extracting(call -> call.result().errno().orElseThrow())
                .containsOnly("EINVAL");
        assertThat(records).hasSize(flagIsKnown() ? 3 : 2).allMatch(MediationRecord::isDenied);
    }

    @Test
    void theKernelRefusesTheSameUnknownWords() throws Exception {
        assertThat(withoutGate("load", "0x80000005", "0x20005", "99")).containsExactly("22", "22", "22");
    }

    /** A word that a permissive gate does not know is recorded and left to the kernel. */
    @Test
    void aPermissiveGateRecordsUnknownWordsAndBlocksNothing() throws Exception {
        assertThat(run(ALLOWING, true, "load", "5", "0x80000005").lines())
                .containsExactlyElementsOf(withoutGate("load", "5", "0x80000005"));
        assertThat(refused).singleElement().satisfies(call -> {
            assertThat(call.kind()).isEqualTo(Kind.UNKNOWN_COMMAND);
            assertThat(call.result().errno()).isEmpty();
        });
    }

    /** A command that nobody decides on passes by its name, with the flag too; what has more above it does not. */
    @Test
    void commandsThatNobodyDecidesOnPassByName() throws Exception {
        List<String> bare = withoutGate("map", "0", "0x10000");
        assertThat(run(ALLOWING, false, "map", "0", "0x10000").lines()).containsExactlyElementsOf(bare);
        assertThat(records).isEmpty();
        assertThat(refused).isEmpty();
        assertThat(run(ALLOWING, false, "map", "0x40000001", "0x100000001").lines())
                .containsExactly("22", "22");
        assertThat(refused).hasSize(2);
    }

    @Test
    void theReasonOfADenialGoesIntoTheCommonLog() throws Exception {
        Assumptions.assumeTrue(flagIsKnown(), "this kernel does not have BPF_COMMON_ATTRS; Linux 7.2 has");
        assertThat(run(new Denying(), false, "log", "common")).startsWith("13 ").contains("bpfgate: denied: EACCES");
        assertThat(run(new Denying(), false, "log", "both")).contains("bpfgate: denied: EACCES");
        assertThat(run(new Denying(), false, "log", "differ")).startsWith("22 0");
        assertThat(run(new Denying(), false, "maplog", "2"))
                .startsWith("116 ")
                .contains("bpfgate: denied: ESTALE: no map");
    }
}
