package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with one defect each, which the names tell; every method returns what to name on the command line. */
public final class DefectiveFile {
    private static final long ONE_GIB = 1L << 30;

    // The offsets are those of Elf64_Ehdr and Elf64_Shdr in include/uapi/linux/elf.h.
    private static final int DATA_ENCODING = 5;
    private static final byte BIG_ENDIAN = 2;
    private static final int MACHINE = 18;
    private static final short X86_64 = 62;
    private static final int SECTION_HEADERS = 40;
    private static final int SECTION_HEADER_SIZE = 64;

    private DefectiveFile() {}

    public static Path notAMultipleOfEightBytes(Path directory) throws IOException {
        return Files.write(directory.resolve("half.insns"), new byte[12]);
    }

    public static Path empty(Path directory) throws IOException {
        return Files.write(directory.resolve("empty.bin"), new byte[0]);
    }

    public static Path instructionsOfOneGib(Path directory) throws IOException {
        return extend(Files.write(directory.resolve("huge.insns"), new byte[8]));
    }

    public static Path objectOfOneGib(Path directory) throws IOException {
        return extend(Files.copy(Quickstart.program("xdp_count.o"), directory.resolve("huge.o")));
    }

    public static Path skeletonOfOneGib(Path directory) throws IOException {
        return extend(Files.copy(Quickstart.program("xdp_count.lskel.h"), directory.resolve("huge.lskel.h")));
    }

    public static Path ofNoKnownKind(Path directory) throws IOException {
        return Files.writeString(directory.resolve("notes.txt"), "not a program\n");
    }

    public static Path truncatedObject(Path directory) throws IOException {
        ByteBuffer object = object();
        object.limit(object.limit() / 2);
        return write(directory.resolve("truncated.o"), object);
    }

    public static Path executableOfThisMachine(Path directory) throws IOException {
        return Files.copy(Path.of("/bin/true"), directory.resolve("true.o"));
    }

    public static Path objectOfAnotherMachine(Path directory) throws IOException {
        return write(directory.resolve("x86.o"), object().putShort(MACHINE, X86_64));
    }

    public static Path objectMarkedBigEndian(Path directory) throws IOException {
        return write(directory.resolve("marked-big-endian.o"), object().put(DATA_ENCODING, BIG_ENDIAN));
    }

    public static Path objectCompiledBigEndian(Path directory) throws IOException {
        Requires.command("clang");
        Path source = Files.writeString(directory.resolve("big.c"), "int big(void) { return 0; }\n");
        Path object = directory.resolve("big-endian.o");
        CommandLine.Result compiled = CommandLine.of("clang").run("-target", "bpfeb", "-c", source, "-o", object);
        assertThat(compiled.exitCode()).as("%s", compiled).isZero();
        return object;
    }

    public static Path sectionNameOutside(Path directory) throws IOException {
        ByteBuffer object = object();
        int second = (int) object.getLong(SECTION_HEADERS) + SECTION_HEADER_SIZE;
        return write(directory.resolve("section-name-outside.o"), object.putInt(second, Integer.MAX_VALUE));
    }

    public static Path brokenEscape(Path directory) throws IOException {
        String header = Files.readString(Quickstart.program("xdp_count.lskel.h"));
        assertThat(header).contains("\\x9f");
        return Files.writeString(directory.resolve("escape.lskel.h"), header.replace("\\x9f", "\\xzz"));
    }

    public static Path directoryLoop(Path directory) throws IOException {
        Path loop = Files.createDirectory(directory.resolve("loop"));
        Files.copy(Quickstart.program("xdp_count.o"), loop.resolve("xdp_count.o"));
        Files.createSymbolicLink(loop.resolve("again"), loop);
        return loop;
    }

    public static Path emptyDirectory(Path directory) throws IOException {
        return Files.createDirectory(directory.resolve("nothing"));
    }

    public static Path pipe(Path directory) {
        Requires.command("mkfifo");
        Path pipe = directory.resolve("pipe.insns");
        assertThat(CommandLine.of("mkfifo").run(pipe).exitCode()).isZero();
        return pipe;
    }

    public static Path missing(Path directory) {
        return directory.resolve("missing.o");
    }

    public static Path linkToNowhere(Path directory) throws IOException {
        return Files.createSymbolicLink(directory.resolve("dangling.o"), directory.resolve("gone"));
    }

    public static Path signatureTooLarge(Path directory) throws IOException {
        Path program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("large.insns"));
        Files.write(directory.resolve("large.insns.p7s"), new byte[(1 << 20) + 1]);
        return program;
    }

    public static Path nameThatForgesALine(Path directory) {
        return directory.resolve("a\nbpfgate: forged\u001b[2J.o");
    }

    /** A sparse file: it takes no room on the disk. */
    private static Path extend(Path file) throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(ONE_GIB);
        }
        return file;
    }

    private static ByteBuffer object() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Quickstart.program("xdp_count.o")))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Path write(Path file, ByteBuffer bytes) throws IOException {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return Files.write(file, content);
    }
}
