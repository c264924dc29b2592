package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleException;

/** The kernel judges a small program that a policy lets be tried; what the client gets does nothing. */
@Tag("kernel")
@Timeout(120)
class AProgramThatIsTriedIsNeverHandedOverTest {
    private static final HookResult TRIAL =
            HookResult.deny(Errno.EACCES, "tried only").withTrialAllowed();

    /** {@code r0 = 0; exit}, in bytes; the program that is tried has 24. */
    private static final String INERT = "16\n";

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
        client = Client.compiled("trial.c", directory);
        stack = RealStack.start(storage);
    }

    private record Run(int code, String printed) {}

    private static Run direct(String what) throws Exception {
        Path out = Files.createTempFile(directory, "direct", ".txt");
        int code = new ProcessBuilder(client, what)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        return new Run(code, Files.readString(out));
    }

    private Run gated(Function<ProgramLoad, HookResult> decision, boolean permissive, String what) throws Exception {
        Path out = Files.createTempFile(directory, "gated", ".txt");
        MediatedCommand command =
                new MediatedCommand(List.of("sh", "-c", client + " " + what + " > " + out), permissive);
        int code = stack.run(new RealStack.Deciding(decision), command, records::add);
        return new Run(code, Files.readString(out));
    }

    private static HookResult trial(ProgramLoad load) {
        return TRIAL;
    }

    @Test
    void anAcceptedProgramIsReplacedByAnInertOne() throws Exception {
        assertThat(direct("accepted").printed()).isNotEqualTo(INERT);
        assertThat(gated(AProgramThatIsTriedIsNeverHandedOverTest::trial, false, "accepted"))
                .isEqualTo(new Run(0, INERT));
        MediationRecord record = records.getFirst();
        assertThat(record.result().tried()).isTrue();
        assertThat(record.isDenied()).isFalse();
        assertThat(record.loaded()).isEmpty();
    }

    @Test
    void theErrorAndTheLogAreTheKernelsOwn() throws Exception {
        Run without = direct("refused");
        assertThat(without.code()).isNotZero();
        assertThat(without.printed()).isNotBlank();
        assertThat(gated(AProgramThatIsTriedIsNeverHandedOverTest::trial, false, "refused"))
                .isEqualTo(without);
        assertThat(records.getFirst().result().tried()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "map"})
    void whatIsNotSmallAndPlainIsDenied(String what) throws Exception {
        assertThat(direct(what).code()).isZero();
        Run run = gated(AProgramThatIsTriedIsNeverHandedOverTest::trial, false, what);
        assertThat(run.code()).isEqualTo(Errno.EACCES.number());
        assertThat(records.getFirst().isDenied()).isTrue();
    }

    @Test
    void aDenialWithoutThePermissionIsNoTrial() throws Exception {
        assertThat(gated(load -> HookResult.deny(Errno.EACCES, "no"), false, "accepted")
                        .code())
                .isEqualTo(Errno.EACCES.number());
    }

    /** Nothing is altered, so the program itself is handed over. */
    @Test
    void aPermissiveGateTriesNothing() throws Exception {
        assertThat(gated(AProgramThatIsTriedIsNeverHandedOverTest::trial, true, "accepted"))
                .isEqualTo(direct("accepted"));
    }

    @Test
    void nobodyUnderTheGateFindsTheProgramByItsNumber() throws Exception {
        assertThat(gated(AProgramThatIsTriedIsNeverHandedOverTest::trial, false, "race"))
                .isEqualTo(new Run(0, "0\n"));
    }
}
