package org.bpfgate.command.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.StandardInput;
import org.bpfgate.command.internal.io.StandardStream;
import org.bpfgate.mediation.LoadedProgram;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedProgramsTest {
    private static final boolean LOADED = true;
    private static final boolean REFUSED = false;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = new Console(
            new StandardStream(OutputStream.nullOutputStream(), true),
            new StandardStream(printed, false),
            new StandardInput(InputStream.nullInputStream()));

    @TempDir
    private Path directory;

    private Path list() {
        return directory.resolve("list");
    }

    @Test
    void everyLineIsInTheFileWhenTheProgramIsLoaded() throws Exception {
        LearnedPrograms learned = learn(false);
        learned.mediated(record(load(1, ProgramType.XDP), LOADED));
        assertThat(list()).content().contains(entry(1, "xdp")).endsWith("\n");
        assertThat(directory.resolve("list.ipe")).content().contains("bpf_integrity=allowlist:OK");
        learned.mediated(record(load(2, ProgramType.XDP), LOADED));
        assertThat(list()).content().contains(entry(1, "xdp")).contains(entry(2, "xdp"));
    }

    @Test
    void aProgramAndTypeIsOneLine() throws Exception {
        LearnedPrograms learned = learn(false);
        for (ProgramType type : new ProgramType[] {ProgramType.XDP, ProgramType.SCHED_CLS, ProgramType.XDP}) {
            learned.mediated(record(load(1, type), LOADED));
        }
        assertThat(learned.finish(1)).isTrue();
        assertThat(entries()).hasSize(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("learned 2 programs from 3 loads;");
    }

    @Test
    void anEntryForEveryWayOfAttachingCoversThoseOfLaterRunsOnly() throws Exception {
        ProgramLoad inDeviceMap = load(1, ProgramType.XDP).withAttachType(33);
        LearnedPrograms learned = learn(false);
        learned.mediated(record(load(1, ProgramType.XDP), LOADED));
        learned.mediated(record(inDeviceMap, LOADED));
        learned.finish(1);
        assertThat(entries()).hasSize(2).last().asString().contains("# type=xdp attach=xdp_devmap source=");
        Files.writeString(list(), digest(1) + "  p # type=xdp\n");
        LearnedPrograms again = learn(true);
        again.mediated(record(inDeviceMap, LOADED));
        again.finish(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void aMemberOfAStructureIsListedByItsNameAndElseByItsNumber() throws Exception {
        LearnedPrograms learned = learn(false);
        learned.mediated(record(member(1, 0, "tcp_congestion_ops.ssthresh"), LOADED));
        learned.mediated(record(member(2, 3, "tcp_congestion_ops.cong_avoid"), LOADED));
        learned.mediated(record(member(3, 0, null), LOADED));
        learned.finish(1);
        assertThat(entries())
                .extracting(line -> line.replaceAll(".* attach=| source=.*", ""))
                .containsExactly("member:tcp_congestion_ops.ssthresh", "member:tcp_congestion_ops.cong_avoid", "0");
    }

    @Test
    void aProgramThatLoadsProgramsIsWarnedOf() throws Exception {
        LearnedPrograms learned = learn(false);
        Instructions loader = Instructions.of(
                new byte[] {(byte) 0x85, 0, 0, 0, (byte) 166, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});
        learned.mediated(record(ProgramLoad.of(new BpfProgram("p", ProgramType.SYSCALL, loader)), LOADED));
        learned.mediated(record(load(1, ProgramType.SYSCALL), LOADED));
        learned.finish(1);
        List<String> lines = Files.readAllLines(list());
        assertThat(lines)
                .filteredOn(line -> line.startsWith("# The next one: it can load programs itself"))
                .hasSize(1);
        assertThat(entries()).hasSize(2);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("warning: 1 listed program can load programs, as the loaders of light skeletons do");
    }

    @Test
    void whatTheKernelRefusedIsNotListed() throws Exception {
        LearnedPrograms learned = learn(false);
        learned.mediated(record(load(1, ProgramType.XDP), REFUSED));
        learned.mediated(record(load(2, ProgramType.XDP).withSignature(new byte[] {1}), REFUSED));
        learned.mediated(record(load(3, ProgramType.XDP), REFUSED));
        learned.mediated(record(load(3, ProgramType.XDP), LOADED));
        learned.finish(1);
        // A permissive gate leaves a load with a signature to the kernel and does not see what becomes of it.
        assertThat(entries()).hasSize(2).first().asString().startsWith(entry(2, "xdp"));
        String comment = "# left to the kernel with an outcome that is not known, not listed: sha256:" + digest(1)
                + " type=xdp, loaded by ";
        assertThat(list()).content().containsOnlyOnce(comment).containsOnlyOnce("# left to");
        learn(true).finish(1);
        assertThat(list()).content().containsOnlyOnce(comment);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("(1 not seen to be loaded, comments in the list)");
    }

    @Test
    void probesAreCommentsOnce() throws Exception {
        LearnedPrograms learned = learn(false);
        learned.mediated(record(load(1, ProgramType.XDP).withProbe("libbpf-name"), LOADED));
        learned.mediated(record(load(1, ProgramType.XDP).withProbe("libbpf-name"), LOADED));
        learned.finish(1);
        LearnedPrograms again = learn(true);
        again.mediated(record(load(1, ProgramType.XDP).withProbe("libbpf-name"), LOADED));
        again.finish(1);
        assertThat(entries()).isEmpty();
        assertThat(Files.readAllLines(list()))
                .filteredOn(line -> line.startsWith("# feature probe libbpf-name: sha256:"))
                .hasSize(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("learned 0 programs and 1 feature probe from 2 loads;");
    }

    @Test
    void appendKeepsWhatIsThereAndAddsTheRest() throws Exception {
        String reviewed =
                "# reviewed\n" + entry(1, "xdp") + "\nsha256:" + digest(2).toUpperCase(Locale.ROOT);
        Files.writeString(list(), reviewed);
        Files.writeString(directory.resolve("list.ipe"), "mine");
        LearnedPrograms learned = learn(true);
        learned.mediated(record(load(1, ProgramType.XDP), LOADED));
        learned.mediated(record(load(2, ProgramType.XDP), LOADED));
        learned.mediated(record(load(3, ProgramType.XDP), LOADED));
        learned.finish(1);
        assertThat(list()).content().startsWith(reviewed + "\n");
        assertThat(entries()).hasSize(3).last().asString().startsWith(entry(3, "xdp"));
        assertThat(directory.resolve("list.ipe")).hasContent("mine");
    }

    @Test
    void withoutAppendWhatWasThereIsKeptUnderAnotherName() throws Exception {
        Files.writeString(list(), "# reviewed\n");
        Files.writeString(directory.resolve("list.ipe"), "mine");
        LearnedPrograms learned = learn(false);
        assertThat(list()).hasContent("# reviewed");
        learned.mediated(record(load(1, ProgramType.XDP), LOADED));
        learned.finish(1);
        assertThat(directory.resolve("list.old")).hasContent("# reviewed");
        assertThat(directory.resolve("list.ipe.old")).hasContent("mine");
        assertThat(entries()).hasSize(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(list() + ": what it held is now in " + list() + ".old");
    }

    @Test
    void aCommandThatIsNotRunLeavesNothingBehindAndTakesNothingAway() throws Exception {
        learn(false).discard();
        assertThat(directory).isEmptyDirectory();
        Files.writeString(list(), "# reviewed\n");
        learn(false).discard();
        assertThat(directory).isDirectoryContaining(file -> file.equals(list()));
        assertThat(list()).hasContent("# reviewed");
        assertThat(Files.exists(directory.resolve("list.ipe"))).isFalse();
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforehand() throws Exception {
        assertRefused(directory.resolve("none/list"), false, ": cannot be written: there is no such directory");
        assertRefused(directory, false, ": is a directory");
        assertRefused(Path.of("/dev/full"), false, ": is not a regular file");
        Files.createDirectory(directory.resolve("list.ipe"));
        assertThatThrownBy(() -> learn(false))
                .isInstanceOf(InputException.class)
                .hasMessage(list() + ".ipe: is a directory");
        assertThat(Files.exists(list())).isFalse();
    }

    @Test
    void aFileThatIsNoListIsNotTouched() throws Exception {
        Path policy = Files.writeString(directory.resolve("policy"), "policy_name=a policy_version=1.0.0\n");
        assertRefused(policy, false, ": is no text list; learn does not overwrite it");
        Path compiled = Files.write(directory.resolve("compiled"), new byte[] {(byte) 0xff, 0, 1});
        assertRefused(compiled, true, ": is no text list, and --append adds to text lists only");
    }

    @Test
    void programsThatAreNotInEveryRunAreWarnedOfWithARule() throws Exception {
        LearnedPrograms learned = learn(false);
        learned.nextRun();
        learned.mediated(record(load(1, ProgramType.XDP), LOADED));
        learned.mediated(record(load(2, ProgramType.KPROBE), LOADED));
        learned.nextRun();
        learned.mediated(record(load(1, ProgramType.XDP), LOADED));
        learned.mediated(record(load(3, ProgramType.KPROBE), LOADED));
        learned.finish(2);
        // Nobody is known as the client here; LearningLosesNothingIT has a rule.
        String rule = "no rule: its executable could not be read";
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("warning: 2 of 3 programs were not in every run")
                .contains("bpfgate: # " + rule);
        assertThat(directory.resolve("list.ipe")).content().endsWith("# " + rule + "\n");
    }

    @Test
    void runsThatLoadTheSameAreSaidToBe() throws Exception {
        LearnedPrograms learned = learn(false);
        for (int run = 0; run < 2; run++) {
            learned.nextRun();
            learned.mediated(record(load(1, ProgramType.XDP), LOADED));
        }
        learned.finish(2);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("all 2 runs loaded the same programs")
                .doesNotContain("warning");
    }

    private LearnedPrograms learn(boolean appends) throws InputException {
        return LearnedPrograms.open(list(), appends, console);
    }

    private void assertRefused(Path list, boolean appends, String message) {
        assertThatThrownBy(() -> LearnedPrograms.open(list, appends, console))
                .isInstanceOf(InputException.class)
                .hasMessage(list + message);
    }

    private List<String> entries() throws Exception {
        return Files.readAllLines(list()).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static Instructions returning(int value) {
        return Instructions.of(
                new byte[] {(byte) 0xb7, 0, 0, 0, (byte) value, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});
    }

    private static String digest(int value) {
        return returning(value).digest().orElseThrow().hex();
    }

    private static String entry(int value, String type) {
        return digest(value) + "  p # type=" + type + " source=";
    }

    private static ProgramLoad load(int value, ProgramType type) {
        return ProgramLoad.of(new BpfProgram("p", type, returning(value)));
    }

    private static ProgramLoad member(int value, int index, @Nullable String name) {
        AttachTarget target = new AttachTarget(1, Optional.empty(), Optional.ofNullable(name));
        return load(value, ProgramType.STRUCT_OPS)
                .withAttachType(index)
                .withAttributes(new LoadAttributes("", 0, 0, 0, 0, 0, target, TypeRecords.NONE));
    }

    private static MediationRecord record(ProgramLoad load, boolean isLoaded) {
        return new MediationRecord(
                Instant.EPOCH,
                BpfCommand.PROG_LOAD,
                Optional.empty(),
                Optional.of(load),
                Optional.empty(),
                isLoaded ? Optional.of(new LoadedProgram(1, "0123456789abcdef")) : Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                MediationResult.leftToTheKernel(),
                Duration.ZERO);
    }
}
