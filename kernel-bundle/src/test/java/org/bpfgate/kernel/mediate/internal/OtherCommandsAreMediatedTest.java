package org.bpfgate.kernel.mediate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.hook.BpfHook;
import org.bpfgate.hook.BpfMapCreateHook;
import org.bpfgate.hook.BpfMapHook;
import org.bpfgate.hook.BpfProgHook;
import org.bpfgate.hook.BpfTokenCreateHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps, descriptors by id and by path, tokens and the rest of bpf(2), under a gate whose modules decide on them. */
@Tag("kernel")
class OtherCommandsAreMediatedTest {
    private static final Set<Class<? extends SecurityModule>> OBJECTS =
            Set.of(BpfMapCreateHook.class, BpfMapHook.class, BpfProgHook.class, BpfTokenCreateHook.class);

    @TempDir
    static Path directory;

    private static String client = "";

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        client = Client.compiled("objects.c", directory);
        Files.createDirectory(directory.resolve("bpf"));
    }

    /** A stack that decides on what it is told to, and denies what it is told to. */
    private final class Hooks extends TestHooks {
        private final Set<Class<? extends SecurityModule>> hooked;
        private final String denied;

        Hooks(Set<Class<? extends SecurityModule>> hooked, String denied) {
            super(load -> HookResult.ALLOW);
            this.hooked = hooked;
            this.denied = denied;
        }

        @Override
        public boolean isHooked(Class<? extends SecurityModule> hook) {
            return hooked.contains(hook);
        }

        private HookResult decide(String question) {
            asked.add(question);
            return question.equals(denied) ? HookResult.deny(Errno.ESTALE, "not this one") : HookResult.ALLOW;
        }

        @Override
        public HookResult bpf(BpfRequest request) {
            return decide("bpf " + request.command() + " " + request.size());
        }

        @Override
        public HookResult bpfMapCreate(MapCreation creation) {
            return decide("create " + creation.map());
        }

        @Override
        public HookResult bpfMap(BpfMap map, FileMode mode) {
            return decide(mode + " " + map + " of " + map.maxEntries());
        }

        @Override
        public HookResult bpfProg(BpfProgram program) {
            return decide(program.toString());
        }
    }

    private int run(Hooks hooks, boolean permissive, String what) throws MediationException, InterruptedException {
        KernelMediator mediator = new KernelMediator(hooks, new NoRecords());
        List<String> words = List.of(client, what, directory.resolve("bpf").toString());
        return mediator.run(new MediatedCommand(words, permissive), records::add);
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
        assertThat(run(new Hooks(Set.of(), ""), false, what))
                .as("nothing hooked")
                .isEqualTo(errno);
        assertThat(run(new Hooks(OBJECTS, ""), false, what))
                .as("objects hooked")
                .isEqualTo(errno);
        assertThat(run(new Hooks(Set.of(BpfHook.class), ""), false, what))
                .as("all commands hooked")
                .isEqualTo(errno);
        assertThat(records).noneMatch(MediationRecord::isDenied);
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
        assertThat(run(new Hooks(OBJECTS, question), false, what)).isEqualTo(Errno.ESTALE.number());
        assertThat(asked).contains(question);
        assertThat(run(new Hooks(OBJECTS, question), true, what))
                .as("permissive")
                .isEqualTo(withoutGate(what));
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
        assertThat(run(new Hooks(Set.of(BpfHook.class), question), false, what)).isEqualTo(Errno.ESTALE.number());
        MediationRecord denied =
                records.stream().filter(MediationRecord::isDenied).findFirst().orElseThrow();
        assertThat(question).startsWith("bpf " + denied.command());
        assertThat(denied.result().errno()).contains("ESTALE");
    }

    @Test
    void everyCommandIsNotifiedWhenAModuleDecidesOnEveryCommand() {
        assertThat(NotifiedCommands.of(new Hooks(Set.of(BpfHook.class), "")).commands())
                .isEqualTo(EnumSet.allOf(BpfCommand.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "map-by-id", "attach", "token"})
    void commandsThatNobodyDecidesOnAreNotEvenNotified(String what) throws Exception {
        run(new Hooks(Set.of(), ""), false, what);
        assertThat(records).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void theRecordTellsWhatTheCommandWasAbout() throws Exception {
        run(new Hooks(OBJECTS, ""), false, "map-by-id");
        assertThat(records)
                .extracting(MediationRecord::command)
                .containsExactly(BpfCommand.MAP_CREATE, BpfCommand.MAP_GET_FD_BY_ID);
        assertThat(records).extracting(MediationRecord::object).containsOnly("map counts");
    }

    /** The numbers that the filter compares are those of the kernel's enumeration. */
    @ParameterizedTest
    @EnumSource
    void theCommandsHaveTheKernelsNumbers(org.bpfgate.kernel.syscall.internal.Syscalls.Bpf call) {
        assertThat(BpfCommand.byNumber(call.number())).contains(BpfCommand.valueOf(call.name()));
    }
}
