package org.bpfgate.command.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramFilesTest {
    private static final byte[] EXIT = {(byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    private static final ProgramFiles.Faults NO_FAULTS = new Heard();

    @TempDir
    private Path directory;

    @Test
    void aFileIsItself() throws Exception {
        Path file = Files.write(directory.resolve("any.name"), EXIT);
        assertThat(ProgramFiles.expand(file, NO_FAULTS)).containsExactly(file);
    }

    @Test
    void aDirectoryGivesItsProgramFilesAtAnyDepthSorted() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("b/c.o"));
        Path insns = Files.write(deep.resolve("z.insns"), EXIT);
        Path object = Files.write(directory.resolve("y.o"), EXIT);
        Path header = Files.write(directory.resolve("a.lskel.h"), EXIT);
        Path bin = Files.write(directory.resolve("b/x.bin"), EXIT);
        Files.write(directory.resolve("plain.h"), EXIT);
        Files.write(directory.resolve("policy.ipe"), EXIT);
        assertThat(ProgramFiles.expand(directory, NO_FAULTS)).containsExactly(header, insns, bin, object);
    }

    @Test
    void aDirectoryWithoutProgramsIsRefused() {
        assertRefusedToExpand(directory, directory + ": holds no program file (.o, .insns, .bin, .lskel.h)");
    }

    @Test
    void whatDoesNotExistIsRefused() {
        Path missing = directory.resolve("missing");
        assertRefusedToExpand(missing, missing + ": does not exist");
        assertRefusedToRead(missing, missing + ": does not exist");
    }

    @Test
    void aLoopOfLinksCostsOnlyItself() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Path object = Files.write(inner.resolve("a.o"), EXIT);
        Path loop = Files.createSymbolicLink(inner.resolve("loop"), directory);
        Heard heard = new Heard();
        assertThat(ProgramFiles.expand(directory, heard)).containsExactly(object);
        assertThat(heard.lines)
                .containsExactly("passed over: " + loop + ": is the same directory as " + directory
                        + ", reached twice by a link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-link", "z-link"})
    void aDirectoryReachedTwiceKeepsItsOwnName(String name) throws Exception {
        Path real = Files.createDirectories(directory.resolve("deep/real"));
        Path object = Files.write(real.resolve("a.o"), EXIT);
        Path link = Files.createSymbolicLink(directory.resolve(name), real);
        Heard heard = new Heard();
        assertThat(ProgramFiles.expand(directory, heard)).containsExactly(object);
        assertThat(heard.lines)
                .containsExactly(
                        "passed over: " + link + ": is the same directory as " + real + ", reached twice by a link");
    }

    @Test
    void aLinkToADirectoryElsewhereIsFollowedAlsoFromBehindALink(@TempDir Path elsewhere) throws Exception {
        Path second = Files.createDirectory(elsewhere.resolve("second"));
        Files.write(second.resolve("a.o"), EXIT);
        Path first = Files.createDirectory(elsewhere.resolve("first"));
        Files.createSymbolicLink(first.resolve("to-second"), second);
        Path link = Files.createSymbolicLink(directory.resolve("looks-like.o"), first);
        assertThat(ProgramFiles.expand(directory, NO_FAULTS)).containsExactly(link.resolve("to-second/a.o"));
    }

    @Test
    void aLinkThatLeadsNowhereCostsOnlyItself() throws Exception {
        Path object = Files.write(directory.resolve("b.o"), EXIT);
        Path link = Files.createSymbolicLink(directory.resolve("a.o"), directory.resolve("gone"));
        Heard heard = new Heard();
        assertThat(ProgramFiles.expand(directory, heard)).containsExactly(object);
        assertThat(heard.lines).containsExactly("passed over: " + link + ": is a link that leads nowhere");
    }

    @Test
    void aDirectoryThatMayNotBeListedCostsOnlyItself() throws Exception {
        Path object = Files.write(directory.resolve("b.o"), EXIT);
        Path secret = Files.createDirectory(directory.resolve("secret"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(secret), "this user may list every directory");
        Heard heard = new Heard();
        assertThat(ProgramFiles.expand(directory, heard)).containsExactly(object);
        assertThat(heard.lines).containsExactly("unreadable: " + secret + ": permission denied");
    }

    @Test
    void inADirectoryFilesWithoutProgramsArePassedOverAndBrokenOnesAreNot() throws Exception {
        Files.write(directory.resolve("maps.o"), Sample.bytes("maps.bpf.o"));
        Files.write(
                directory.resolve("host.o"),
                new ElfPatch("tiny.bpf.o").header(18, (short) 62).bytes());
        Files.write(directory.resolve("tiny.o"), Sample.bytes("tiny.bpf.o"));
        Files.write(directory.resolve("torn.o"), Arrays.copyOf(Sample.bytes("tiny.bpf.o"), 100));
        Heard heard = new Heard();
        ProgramFiles.readAll(directory, heard);
        assertThat(heard.lines)
                .containsExactly(
                        "passed over: " + directory + "/host.o: the ELF file is for machine 62, not for BPF (247)",
                        "passed over: " + directory + "/maps.o: the ELF file holds no program",
                        "found: " + directory + "/tiny.o#tiny",
                        "unreadable: " + directory
                                + "/torn.o: the ELF file has 100 bytes, too few for 832 at offset 1656");
    }

    @Test
    void aFileThatIsAskedForByNameIsNotPassedOver() throws Exception {
        Heard heard = new Heard();
        ProgramFiles.readAll(Sample.file("maps.bpf.o"), heard);
        assertThat(heard.lines)
                .containsExactly("unreadable: " + Sample.file("maps.bpf.o") + ": the ELF file holds no program");
    }

    @Test
    void aDirectoryOfNothingButFilesWithoutProgramsIsRefused() throws Exception {
        Files.write(directory.resolve("maps.o"), Sample.bytes("maps.bpf.o"));
        assertThatThrownBy(() -> ProgramFiles.readAll(directory, new Heard()))
                .isInstanceOf(InputException.class)
                .hasMessage(directory + ": holds no program: its files were all skipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.insns", "a.bin"})
    void instructionsHaveNeitherTypeNorName(String name) throws Exception {
        Path file = Files.write(directory.resolve(name), EXIT);
        FoundProgram found = ProgramFiles.read(file, fault -> {}).getFirst();
        assertThat(found.program().type()).isEqualTo(ProgramType.UNSPEC);
        assertThat(found.program().name()).isEmpty();
        assertThat(found.label()).isEqualTo(file.toString());
        assertThat(found.program().instructions().state()).isEqualTo(RelocationState.COMPLETE);
        assertThat(found.program().instructions().toByteArray()).isEqualTo(EXIT);
    }

    @Test
    void contentsGoBeforeTheName() throws Exception {
        Path file = Files.write(directory.resolve("really-elf.insns"), Sample.bytes("tiny.bpf.o"));
        assertThat(ProgramFiles.read(file, fault -> {}).getFirst().part()).contains("tiny");
    }

    @Test
    void anUnknownKindIsRefusedWithTheKindsThatAreKnown() throws Exception {
        Path file = Files.write(directory.resolve("a.o"), EXIT);
        assertRefusedToRead(
                file,
                file + ": is not a program file: neither an ELF object, nor instructions (.insns, .bin), nor a light"
                        + " skeleton header (.lskel.h)");
    }

    @Test
    void anEmptyFileIsRefused() throws Exception {
        Path file = Files.write(directory.resolve("a.insns"), new byte[0]);
        assertRefusedToRead(file, file + ": is empty: a program has at least one instruction");
    }

    @Test
    void halfAnInstructionIsRefused() throws Exception {
        Path file = Files.write(directory.resolve("a.insns"), new byte[12]);
        assertRefusedToRead(file, file + ": has 12 bytes, not a multiple of 8: not whole instructions");
    }

    @Test
    void theLargestProgramIsReadAndALargerOneIsNot() throws Exception {
        assertThat(ProgramFiles.read(sparse("most.bin", 8_000_000), fault -> {})
                        .getFirst()
                        .program()
                        .instructions()
                        .count())
                .isEqualTo(1_000_000);
        Path larger = sparse("larger.bin", 8_000_008);
        assertRefusedToRead(larger, larger + ": is larger than 8000000 bytes");
    }

    @Test
    void aHugeFileIsRefusedByItsSize() throws Exception {
        Path file = sparse("huge.h", 1L << 36);
        assertRefusedToRead(file, file + ": is larger than 67108864 bytes");
    }

    @Test
    void aDirectoryIsNotAProgram() {
        assertRefusedToRead(directory, directory + ": is a directory");
    }

    @Test
    void aPipeIsNotWaitedFor() {
        Path pipe = directory.resolve("pipe.insns");
        assumeTrue(Tool.isInstalled("mkfifo"), "mkfifo is not installed");
        assertThat(Tool.run(directory, "mkfifo", "pipe.insns").exitCode()).isZero();
        assertRefusedToRead(pipe, pipe + ": is not a regular file");
    }

    @Test
    void aDeviceIsNotRead() {
        assertRefusedToRead(Path.of("/dev/zero"), "/dev/zero: is not a regular file");
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws Exception {
        Path file = Files.write(directory.resolve("secret.insns"), EXIT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "this user may read every file");
        assertRefusedToRead(file, file + ": permission denied");
    }

    @Test
    void controlCharactersOfNamesDoNotReachTheTerminal() {
        Path file = directory.resolve("a\n\u001b[31m.o");
        assertRefusedToRead(file, directory + "/a??[31m.o: does not exist");
    }

    /** What reading came to, a line each. */
    private static final class Heard implements ProgramFiles.Reader {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void found(FoundProgram program) {
            lines.add("found: " + program.label());
        }

        @Override
        public void unreadable(InputException fault) {
            lines.add("unreadable: " + fault.getMessage());
        }

        @Override
        public void passedOver(InputException fault) {
            lines.add("passed over: " + fault.getMessage());
        }
    }

    private Path sparse(String name, long size) throws IOException {
        Path file = directory.resolve(name);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(size);
        }
        return file;
    }

    private static void assertRefusedToExpand(Path path, String message) {
        assertThatThrownBy(() -> ProgramFiles.expand(path, NO_FAULTS))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    private static void assertRefusedToRead(Path path, String message) {
        assertThatThrownBy(() -> ProgramFiles.read(path, fault -> {}))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }
}
