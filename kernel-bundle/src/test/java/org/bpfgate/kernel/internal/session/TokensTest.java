package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bpfgate.hook.BpfMapCreateHook;
import org.bpfgate.hook.BpfTokenCapableHook;
import org.bpfgate.hook.BpfTokenCmdHook;
import org.bpfgate.hook.BpfTokenCreateHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.TokenCreation;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleException;

/** A client that loads by a token of a BPF file system, which a user namespace was delegated: under a gate outside and inside of it. */
@Tag("kernel")
class TokensTest {
    @TempDir
    static Path directory;

    @TempDir
    static Path storage;

    @AutoClose("stop")
    private static RealStack stack;

    private static String client = "";
    private static String mount = "";

    private final List<MediationRecord> records = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, BundleException {
        client = Client.compiled("token.c", directory);
        stack = RealStack.start(storage);
        mount = Files.createDirectory(directory.resolve("bpf")).toString();
        Assumptions.assumeTrue(
                directly("load") == 0,
                "this kernel has no tokens (Linux 6.9), or does not let root make user namespaces");
    }

    private static int directly(String what) throws IOException, InterruptedException {
        return new ProcessBuilder(client, "enter", mount, client, what, mount)
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Asks about maps and tokens, denies one question, and prints what it was asked. */
    private static final class Asking
            implements BpfMapCreateHook, BpfTokenCreateHook, BpfTokenCmdHook, BpfTokenCapableHook {
        private final String denied;

        Asking(String denied) {
            this.denied = denied;
        }

        @Override
        public LsmId lsmId() {
            return LsmId.named("asking");
        }

        private HookResult decide(String question) {
            System.out.println(question);
            return question.equals(denied) ? HookResult.deny(Errno.ESTALE, "not this one") : HookResult.ALLOW;
        }

        @Override
        public HookResult bpfTokenCreate(TokenCreation creation) {
            return decide("create " + Long.toHexString(creation.token().allowedPrograms()) + " of " + creation.path());
        }

        @Override
        public HookResult bpfTokenCmd(BpfToken token, BpfCommand command) {
            return decide("command " + command);
        }

        @Override
        public HookResult bpfTokenCapable(BpfToken token, int capability) {
            return decide("capability " + capability);
        }

        @Override
        public HookResult bpfMapCreate(MapCreation creation) {
            return decide("map with " + creation.token().map(BpfToken::toString).orElse("no token"));
        }
    }

    private int outside(String what) throws Exception {
        MediatedCommand command = new MediatedCommand(List.of(client, "enter", mount, client, what, mount), false);
        return stack.run(new RealStack.Deciding(load -> HookResult.ALLOW), command, records::add);
    }

    /** What a gate inside of the user namespace ended with, and what it printed. */
    private record Inside(int code, String output) {}

    private static Inside inside(String denied, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(client, "enter", mount));
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath(), GateMain.class.getName()));
        all.addAll(List.of(Files.createTempDirectory(storage, "inside").toString(), denied));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Inside(process.waitFor(), output);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    /** A gate in a process of its own. */
    static final class GateMain {
        private GateMain() {}

        /**
         * Runs a command under a gate whose modules deny one question.
         *
         * @param arguments an empty directory for the framework, the question, and the command
         */
        public static void main(String... arguments) throws MediationException, InterruptedException, BundleException {
            RealStack stack = RealStack.start(Path.of(arguments[0]));
            List<String> words = Arrays.asList(arguments).subList(2, arguments.length);
            MediationListener printing = record ->
                    System.out.println(record.command() + " " + record.result().reason());
            System.exit(stack.run(new Asking(arguments[1]), new MediatedCommand(words, false), printing));
        }
    }

    /** 1 EPERM: who has no capability does not get it by the gate's being root, which owns the namespace. */
    @ParameterizedTest
    @CsvSource({"bare-load,1", "bare-map,1"})
    void whoHasNoCapabilityIsLentNone(String what, int errno) throws Exception {
        assertThat(directly(what)).as("without a gate").isEqualTo(errno);
        assertThat(outside(what)).as("gate outside").isEqualTo(errno);
        assertThat(inside("", client, what, mount).code()).as("gate inside").isEqualTo(errno);
    }

    @Test
    void aTokenIsOfNoUseUnderAGateOutsideOfItsNamespaceWhichSaysSo() throws Exception {
        assertThat(outside("load")).isEqualTo(Errno.EPERM.number());
        assertThat(records.getLast().result().reason()).contains("token does not count");
    }

    /** 22 EINVAL: a descriptor that is none of a token. 9 EBADF: no descriptor at all. */
    @ParameterizedTest
    @CsvSource({"load,0", "map,0", "no-token,22", "no-token-map,22", "no-fd,9", "no-fd-map,9", "minus,9", "minus-map,9"
    })
    void underAGateInsideATokenCountsAsWithoutOne(String what, int errno) throws Exception {
        assertThat(directly(what)).as("without a gate").isEqualTo(errno);
        assertThat(inside("", client, what, mount).code()).as("gate inside").isEqualTo(errno);
    }

    /** As above, where no user namespace is about. */
    @ParameterizedTest
    @CsvSource({"no-token,22", "no-token-map,22", "no-fd,9", "no-fd-map,9", "minus,9", "minus-map,9"})
    void whatIsNoTokenIsNoneForRootEither(String what, int errno) throws Exception {
        List<String> words = List.of(client, what, mount);
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
                .as("without a gate")
                .isEqualTo(errno);
        MediatedCommand command = new MediatedCommand(words, false);
        int gated = stack.run(new RealStack.Deciding(load -> HookResult.ALLOW), command, records::add);
        assertThat(gated).as("gated").isEqualTo(errno);
    }

    @Test
    void theModulesAreAskedAsTheKernelAsks() throws Exception {
        Inside load = inside("", client, "load", mount);
        assertThat(load.output()).contains("create ").contains(" of " + mount).contains("command PROG_LOAD");
        assertThat(load.output())
                .contains("capability 39")
                .contains("capability 38")
                .contains("capability 12");
        Inside map = inside("", client, "map", mount);
        assertThat(map.output()).contains("command MAP_CREATE").contains("map with token");
    }

    /** 1 EPERM: the token or the capability is missing then. */
    @ParameterizedTest
    @CsvSource({
        "load,command PROG_LOAD",
        "load,capability 39",
        "load,capability 12",
        "map,command MAP_CREATE",
        "map,capability 39",
    })
    void whatAModuleRefusesOfATokenTheTokenDoesNotGive(String what, String question) throws Exception {
        Inside refused = inside(question, client, what, mount);
        assertThat(refused.output())
                .contains(question)
                .contains("a module refused")
                .contains("not this one");
        assertThat(refused.code()).isEqualTo(Errno.EPERM.number());
    }
}
