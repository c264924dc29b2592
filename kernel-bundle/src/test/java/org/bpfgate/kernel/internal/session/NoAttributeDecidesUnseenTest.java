package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleException;

/** What a load says beside its instructions is refused, or shown to the modules, on the running kernel. */
@Tag("kernel")
public class NoAttributeDecidesUnseenTest {
    private static final String PASSES_ALL = "614b434cd8324ecc";

    /** The client's exit code when the kernel runs other instructions than it gave. */
    private static final int ANOTHER_PROGRAM = 99;

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
        client = Client.compiled("attributes.c", directory);
        stack = RealStack.start(storage);
    }

    private static int directly(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(client));
        all.addAll(List.of(words));
        return new ProcessBuilder(all).start().waitFor();
    }

    private int run(Function<ProgramLoad, HookResult> decision, boolean permissive, String... words)
            throws MediationException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(client));
        all.addAll(List.of(words));
        return stack.run(new RealStack.Deciding(decision), new MediatedCommand(all, permissive), records::add);
    }

    private int allowed(String... words) throws MediationException, InterruptedException {
        return run(load -> HookResult.ALLOW, false, words);
    }

    /** The second one is a program whose instruction agrees with its types, and which the kernel still changes. */
    @ParameterizedTest
    @ValueSource(strings = {"relo-type-id", "relo-type-size"})
    void aLoadThatTheKernelRelocatesIsRefused(String attack) throws Exception {
        assertThat(directly(attack)).as("without a gate").isEqualTo(ANOTHER_PROGRAM);
        assertThat(allowed(attack)).isEqualTo(Errno.EACCES.number());
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.decision().orElseThrow().result().reason()).contains("CO-RE relocation records");
            assertThat(record.load().orElseThrow().attributes().records().relocations())
                    .isEqualTo(1);
            assertThat(record.loaded()).isEmpty();
        });
    }

    @Test
    void aPermissiveGateTellsThatTheKernelRelocatesAndWhatItLoaded() throws Exception {
        assertThat(run(load -> HookResult.ALLOW, true, "relo-type-id")).isEqualTo(ANOTHER_PROGRAM);
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.isDenied()).isTrue();
            assertThat(record.result().reason()).startsWith("permissive: would be denied: the load has 1 CO-RE");
            assertThat(record.loaded().orElseThrow().tag()).isNotEqualTo(PASSES_ALL);
        });
    }

    @Test
    void aLoadIntoWhichTheKernelInsertsIsRefused() throws Exception {
        assertThat(allowed("flags", Integer.toString(LoadFlag.TEST_RND_HI32.mask())))
                .isEqualTo(Errno.EACCES.number());
    }

    /** The kernel has no such function as the client's program calls; the gate refuses before it comes to that. */
    @Test
    void typesThatNameAnExceptionCallbackAreRefused() throws Exception {
        assertThat(allowed("exception-callback")).isEqualTo(Errno.EACCES.number());
        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(
                                record.decision().orElseThrow().result().reason())
                        .contains("exception callback"));
    }

    /** 512 is a flag that no kernel of today knows, either. */
    @Test
    void aFlagThatThisVersionDoesNotKnowIsRefusedBeforeAnybodyIsAsked() throws Exception {
        assertThat(allowed("flags", "512")).isEqualTo(Errno.EINVAL.number());
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.decision()).isEmpty();
            assertThat(record.result().reason()).contains("bits of prog_flags that this version does not know: 0x200");
        });
    }

    /** Each byte behind the fields that this version knows, as far as the client gives some. */
    @ParameterizedTest
    @ValueSource(ints = {168, 175, 176, 180, 184, 255})
    void aFieldThatThisVersionDoesNotKnowIsRefused(int place) throws Exception {
        assertThat(allowed("tail", Integer.toString(place))).isEqualTo(Errno.E2BIG.number());
        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(record.load()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"types", "license", "maps", "bound-maps"})
    void whatTheKernelTellsOfAnHonestLoadIsWhatWasDecidedOn(String what) throws Exception {
        assertThat(directly(what)).as("without a gate").isZero();
        assertThat(allowed(what)).isZero();
        MediationRecord record = records.getLast();
        assertThat(record.said()).isEmpty();
        assertThat(record.loaded().orElseThrow().id()).isPositive();
        assertThat(record.loaded().orElseThrow().tag())
                .isEqualTo(record.load()
                        .orElseThrow()
                        .program()
                        .instructions()
                        .digest()
                        .orElseThrow()
                        .tag());
    }

    @Test
    void theModulesAreShownWhatNoDigestCovers() throws Exception {
        List<LoadAttributes> shown = Collections.synchronizedList(new ArrayList<>());
        Function<ProgramLoad, HookResult> looking = load -> {
            shown.add(load.attributes());
            return HookResult.ALLOW;
        };
        run(looking, false, "license");
        run(looking, false, "types");
        run(looking, false, "bound-maps");
        run(looking, false, "flags", "16");
        run(looking, false, "target", "1");
        assertThat(shown.get(0).license()).isEqualTo("Proprietary");
        assertThat(shown.get(0).logLevel()).isEqualTo(1);
        assertThat(shown.get(1).records().functions()).isEqualTo(1);
        assertThat(shown.get(2).boundDescriptors()).isEqualTo(2);
        assertThat(shown.get(3).flagSet()).containsExactly(LoadFlag.SLEEPABLE);
        AttachTarget target = shown.get(5).attachTarget();
        assertThat(target.btfId()).isEqualTo(1);
        assertThat(target.object()).hasValueSatisfying(program -> {
            assertThat(program.kind()).isEqualTo(AttachTarget.Kind.PROGRAM);
            assertThat(program.name()).isEqualTo("pass_all");
            assertThat(program.tag()).isEqualTo(PASSES_ALL);
        });
    }

    @Test
    void aDeviceOfAnotherNetworkNamespaceIsNotLookedUpInTheGates() throws Exception {
        int here = directly("device", "1");
        assertThat(allowed("device", "1")).as("as without a gate").isEqualTo(here);
        assertThat(allowed("device-elsewhere", "1")).isEqualTo(Errno.EACCES.number());
        MediationRecord refused = records.getLast();
        assertThat(refused.isDenied()).isTrue();
        assertThat(refused.said().orElseThrow().reason())
                .contains("device 1 (prog_ifindex) of another network namespace");
    }
}
