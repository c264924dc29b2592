package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.bpfgate.hook.BpfHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleException;

/** Maps, descriptors by id and by path, tokens and the rest of bpf(2), under a gate whose modules decide on them. */
@Tag("kernel")
class OtherCommandsAreMediatedTest {
    /** Decides on nothing but loads. */
    private static final SecurityModule LOADS_ONLY = new RealStack.Deciding(load -> HookResult.ALLOW);

    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    @AutoClose("stop")
    private static RealStack stack;

    private static String client = "";

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        client = Client.compiled("objects.c", directory);
        Files.createDirectory(directory.resolve("bpf"));
        stack = RealStack.start(storage);
    }

    /** Denies the answer to one question, and allows the others. */
    private HookResult decide(String question, String denied) {
        asked.add(question);
        return question.equals(denied) ? HookResult.deny(Errno.ESTALE, "not this one") : HookResult.ALLOW;
    }

    /** Decides on every command by its name. */
    private final class Commands implements BpfHook {
        private final String denied;

        Commands(String denied) {
            this.denied = denied;
        }

        @Override
        public LsmId lsmId() {
            return LsmId.named("commands");
        }

        @Override
        public HookResult bpf(BpfRequest request) {
            return decide("bpf " + request.command() + " " + request.size(), denied);
        }
    }

    /** Decides on maps, programs and tokens. */
    private final class Objects extends RealStack.AllowingObjects {
        private final String denied;

        Objects(String denied) {
            this.denied = denied;
        }

        @Override
        public HookResult bpfMapCreate(MapCreation creation) {
            return decide("create " + creation.map(), denied);
        }

        @Override
        public HookResult bpfMap(BpfMap map, FileMode mode) {
            return decide(mode + " " + map + " of " + map.maxEntries(), denied);
        }

        @Override
        public HookResult bpfProg(BpfProgram program) {
            return decide(program.toString(), denied);
        }
    }

    private int run(SecurityModule module, boolean permissive, String what) throws Exception {
        List<String> words = List.of(client, what, directory.resolve("bpf").toString());
        return stack.run(module, new MediatedCommand(words, permissive), records::add);
    }

    private static int withoutGate(String what) throws IOException, InterruptedException {
        return new ProcessBuilder(client, what, directory.resolve("bpf").toString())
                .start()
                .waitFor();
    }

    /** The numbers are those that the kernel gives without a gate: 1 EPERM, 2 ENOENT, 9 EBADF, 13 EACCES, 14 EFAULT, 22 EINVAL... */
    @ParameterizedTest
    @CsvSource({
        "map,0",
        "map-of-maps,0",
        "map-with-types,0",
        "map-exclusive,0",
        "map-wrong,22",
        "map-wrong-tail,22",
        "map-by-id,0",
        "map-by-id-to-read,1",
        "program-by-id,0",
        "program-without-rights,1",
        "get-absolute,0",
        "get-relative,0",
        "get-below,0",
        "get-link,0",
        "get-chroot,0",
        "get-map,0",
        "get-missing,2",
        "get-no-text,14",
        "get-too-long,36",
        "get-as-another,13",
        "get-as-fsuid,13",
        "token,95",
        "attach,9",
        "unknown,22",
    })
    void theClientMeetsTheSameKernel(String what, int errno) throws Exception {
        assertThat(withoutGate(what)).as("without a gate").isEqualTo(errno);
        assertThat(run(LOADS_ONLY, false, what)).as("nothing hooked").isEqualTo(errno);
        assertThat(run(new Objects(""), false, what)).as("objects hooked").isEqualTo(errno);
        assertThat(run(new Commands(""), false, what)).as("all commands hooked").isEqualTo(errno);
        assertThat(records).noneMatch(MediationRecord::isDenied);
    }

    /**
     * 40 ELOOP: a link of /proc is about whoever looks it up, which would be the gate: its descriptors and its root. Without a gate the
     * client has its own, and comes no further than its root: 2 ENOENT.
     */
    @ParameterizedTest
    @CsvSource({"get-magic,0", "get-self-root,2"})
    void aPathThroughALinkOfProcIsRefused(String what, int bare) throws Exception {
        assertThat(withoutGate(what)).as("without a gate").isEqualTo(bare);
        assertThat(run(LOADS_ONLY, false, what)).as("nothing hooked").isEqualTo(bare);
        assertThat(run(new Objects(""), false, what)).isEqualTo(40);
        assertThat(records)
                .filteredOn(record -> record.command() == BpfCommand.OBJ_GET)
                .anySatisfy(record -> assertThat(record.result().reason()).contains("which would be the gate's"));
    }

    @ParameterizedTest
    @CsvSource({
        "map,create map counts",
        "map,READ_WRITE map counts of 3",
        "map-by-id,READ_WRITE map counts of 3",
        "map-by-id-to-read,READ map counts of 3",
        "program-by-id,socket_filter program returns_0",
        "get-absolute,socket_filter program returns_0",
        "get-map,create map counts",
    })
    void whatAModuleDeniesTheClientDoesNotGet(String what, String question) throws Exception {
        assertThat(run(new Objects(question), false, what)).isEqualTo(Errno.ESTALE.number());
        assertThat(asked).contains(question);
        assertThat(run(new Objects(question), true, what)).as("permissive").isEqualTo(withoutGate(what));
        assertThat(records).anyMatch(MediationRecord::isDenied);
    }

    @ParameterizedTest
    @CsvSource({
        "map,bpf MAP_CREATE 168",
        "map,bpf MAP_UPDATE_ELEM 0",
        "program-by-id,bpf OBJ_GET_INFO_BY_FD 0",
        "get-absolute,bpf OBJ_PIN 0",
        "get-absolute,bpf OBJ_GET 168",
        "token,bpf TOKEN_CREATE 168",
        "attach,bpf PROG_ATTACH 0",
    })
    void everyCommandIsDecidedOnWhenAModuleWantsThat(String what, String question) throws Exception {
        assertThat(run(new Commands(question), false, what)).isEqualTo(Errno.ESTALE.number());
        MediationRecord denied =
                records.stream().filter(MediationRecord::isDenied).findFirst().orElseThrow();
        assertThat(question).startsWith("bpf " + denied.command());
        assertThat(denied.result().errno()).contains("ESTALE");
    }

    @Test
    void everyCommandIsNotifiedWhenAModuleDecidesOnEveryCommand() throws Exception {
        stack.with(new Commands(""), () -> {
            assertThat(NotifiedCommands.of(stack.hooks()).commands()).isEqualTo(EnumSet.allOf(BpfCommand.class));
            return 0;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "map-by-id", "attach", "token"})
    void commandsThatNobodyDecidesOnAreNotEvenNotified(String what) throws Exception {
        run(LOADS_ONLY, false, what);
        assertThat(records).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void theRecordTellsWhatTheCommandWasAbout() throws Exception {
        run(new Objects(""), false, "map-by-id");
        assertThat(records)
                .extracting(MediationRecord::command)
                .as("from several workers, so in any order")
                .containsExactlyInAnyOrder(BpfCommand.MAP_CREATE, BpfCommand.MAP_GET_FD_BY_ID);
        assertThat(records).extracting(MediationRecord::object).containsOnly("map counts");
    }

    /** The numbers that the filter compares are those of the kernel's enumeration. */
    @ParameterizedTest
    @EnumSource
    void theCommandsHaveTheKernelsNumbers(org.bpfgate.kernel.internal.syscall.Syscalls.Bpf call) {
        assertThat(BpfCommand.byNumber(call.number())).contains(BpfCommand.valueOf(call.name()));
    }
}
