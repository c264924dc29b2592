package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.DefectiveFile;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Privilege;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A program file that cannot be used costs one line and the exit code 3; the programs beside it are decided all the same. */
class BadInputIsOneLineIT {
    private static final Path GOOD = Quickstart.program("drop_ping.insns");

    @TempDir
    private Path directory;

    /** Makes a file with a defect in a directory. */
    @FunctionalInterface
    interface Defect {
        Path in(Path directory) throws IOException;
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                row("not a multiple of 8", DefectiveFile::notAMultipleOfEightBytes, "not a multiple of 8"),
                row("empty", DefectiveFile::empty, "is empty"),
                row("1 GiB of instructions", DefectiveFile::instructionsOfOneGib, "is larger than 8000000 bytes"),
                row("object of 1 GiB", DefectiveFile::objectOfOneGib, "is larger than"),
                row("skeleton of 1 GiB", DefectiveFile::skeletonOfOneGib, "is larger than"),
                row("no known kind", DefectiveFile::ofNoKnownKind, "is not a program file"),
                row("truncated ELF", DefectiveFile::truncatedObject, "too few for"),
                row("executable", DefectiveFile::executableOfThisMachine, "is for machine"),
                row("another machine", DefectiveFile::objectOfAnotherMachine, "is for machine 62, not for BPF"),
                row("marked big-endian", DefectiveFile::objectMarkedBigEndian, "is big-endian"),
                row("compiled big-endian", DefectiveFile::objectCompiledBigEndian, "is big-endian"),
                row("section name outside", DefectiveFile::sectionNameOutside, "too few for 1 at offset 2147483647"),
                row("broken escape", DefectiveFile::brokenEscape, ":112:65: an escape without hexadecimal digits"),
                row("empty directory", DefectiveFile::emptyDirectory, "holds no program file"),
                row("FIFO", DefectiveFile::pipe, "is not a regular file"),
                row("missing", DefectiveFile::missing, "does not exist"),
                row("dangling link", DefectiveFile::linkToNowhere, "is a link that leads nowhere"),
                row("signature too large", DefectiveFile::signatureTooLarge, ".p7s: is larger than 1048576 bytes"));
    }

    private static Arguments row(String name, Defect defect, String reason) {
        return arguments(Named.of(name, defect), reason);
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aDefectIsOneLineAndTheGoodProgramIsDecided(Defect defect, String reason) throws IOException {
        Path bad = defect.in(directory);
        CommandLine.Result result = check(bad, GOOD);
        assertOneLineAndTheGoodOneAllowed(result, bad.toString());
        assertThat(result.stderr()).contains(reason);
    }

    @ParameterizedTest
    @MethodSource("defects")
    void theOrderOfTheProgramsDoesNotMatter(Defect defect, String reason) throws IOException {
        Path bad = defect.in(directory);
        CommandLine.Result result = check(GOOD, bad);
        assertOneLineAndTheGoodOneAllowed(result, bad.toString());
        assertThat(result.stderr()).contains(reason);
    }

    @Test
    void aFileThatMayNotBeReadIsOneLine() throws IOException {
        Path secret = Files.copy(GOOD, directory.resolve("secret.insns"));
        CommandLine.Result result = Privilege.withoutReading(secret, checking()).run(secret, GOOD);
        assertOneLineAndTheGoodOneAllowed(result, secret + ": permission denied");
    }

    @Test
    void aDirectoryThatMayNotBeListedIsOneLine() throws IOException {
        Path secret = Files.createDirectory(directory.resolve("secret"));
        CommandLine.Result result = Privilege.withoutReading(secret, checking()).run(secret, GOOD);
        assertOneLineAndTheGoodOneAllowed(result, secret + ": permission denied");
    }

    @Test
    void aLoopOfLinksCostsOnlyItself() throws IOException {
        Path loop = DefectiveFile.directoryLoop(directory);
        CommandLine.Result result = check(loop);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(10);
        assertThat(result.diagnostics())
                .containsExactly("bpfgate: note: " + loop.resolve("again") + ": is the same directory as " + loop
                        + ", reached twice by a link; skipped");
        assertThat(result.stdout()).startsWith("DENY   " + loop.resolve("xdp_count.o") + "#xdp_count  ");
    }

    @Test
    void aNameCannotForgeALineNorDriveTheTerminal() {
        CommandLine.Result result = check(DefectiveFile.nameThatForgesALine(directory), GOOD);
        assertOneLineAndTheGoodOneAllowed(result, directory + "/a?bpfgate: forged?[2J.o: does not exist");
    }

    @Test
    void twoDefectsAreTwoLines() throws IOException {
        CommandLine.Result result = check(DefectiveFile.empty(directory), DefectiveFile.missing(directory), GOOD);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics()).hasSize(2).allMatch(line -> line.startsWith("bpfgate: " + directory));
    }

    @Test
    void aBadInputOutweighsADenial() throws IOException {
        CommandLine.Result result = check(DefectiveFile.empty(directory), Quickstart.program("exec_trace.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.stdout()).startsWith("DENY   ");
    }

    @Test
    void theJsonFormStaysWhole() throws IOException {
        CommandLine.Result result = checking().run("--format", "json", DefectiveFile.truncatedObject(directory), GOOD);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(Json.programs(Json.of(result)))
                .extracting(program -> Json.text(program, "path"))
                .containsExactly(GOOD.toString());
    }

    private static CommandLine.Result check(Object... programs) {
        return checking().run(programs);
    }

    private static CommandLine checking() {
        return CommandLine.bpfgate().and("check", "--trust", Quickstart.trust(), "--policy", Quickstart.policy());
    }

    private static void assertOneLineAndTheGoodOneAllowed(CommandLine.Result result, String beginning) {
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics()).as("%s", result).hasSize(1);
        assertThat(result.stderr()).startsWith("bpfgate: " + beginning).doesNotContain("\tat ", "Exception");
        assertThat(result.stdout()).startsWith("ALLOW  " + GOOD + "  ");
    }
}
