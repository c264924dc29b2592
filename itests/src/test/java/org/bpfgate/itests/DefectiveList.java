package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Lists with one defect each, with what the one line says of it after the name of the file. */
public enum DefectiveList {
    UNSORTED_AND_THEN_A_WORD(":3:1: the line does not begin with a digest of 64 hexadecimal digits") {
        @Override
        public Path in(Path directory) throws IOException {
            return text(directory, "f".repeat(64) + "  b\n" + "0".repeat(64) + "  a\nxdp_count\n");
        }
    },
    WITH_CARRIAGE_RETURNS(":2:68: the line ends with a carriage return, as on Windows; take them away: sed -i") {
        @Override
        public Path in(Path directory) throws IOException {
            return text(directory, "# lines of Windows\n" + "0".repeat(60) + "ABCD  a\r\n");
        }
    },
    A_DIGIT_TOO_FEW(":1:64: the digest has 63 hexadecimal digits, not 64") {
        @Override
        public Path in(Path directory) throws IOException {
            return text(directory, "0".repeat(63) + "  a\n");
        }
    },
    MD5(":1:33: this is a digest by MD5; a list has SHA-256 digests of programs") {
        @Override
        public Path in(Path directory) throws IOException {
            return text(directory, "0".repeat(32) + "  a\n");
        }
    },
    SHA512(":1:65: this is a digest by SHA-512; a list has SHA-256 digests of programs") {
        @Override
        public Path in(Path directory) throws IOException {
            return text(directory, "0".repeat(128) + "  a\n");
        }
    },
    NAMED_SHA512(":1:1: this is a digest by SHA512; a list has SHA-256 digests of programs") {
        @Override
        public Path in(Path directory) throws IOException {
            return text(directory, "sha512:" + "0".repeat(128) + "  a\n");
        }
    },
    NUL(":1:68: invisible character U+0000") {
        @Override
        public Path in(Path directory) throws IOException {
            return text(directory, "0".repeat(64) + "  a\0b\n");
        }
    },
    A_LINE_OF_ONE_GIB("") {
        @Override
        public Path in(Path directory) throws IOException {
            Path list = text(directory, "0".repeat(64) + "  a");
            try (RandomAccessFile sparse = new RandomAccessFile(list.toFile(), "rw")) {
                sparse.setLength(1L << 30);
            }
            return list;
        }
    },
    A_PIPE(":1:1: is a pipe, a device or a socket; a list is a regular file") {
        @Override
        public Path in(Path directory) {
            Requires.command("mkfifo");
            Path pipe = directory.resolve("bad");
            assertThat(CommandLine.of("mkfifo").run(pipe).exitCode()).isZero();
            return pipe;
        }
    },
    A_DEVICE(":1:1: is a pipe, a device or a socket; a list is a regular file") {
        @Override
        public Path in(Path directory) {
            return Path.of("/dev/zero");
        }
    },
    A_DIRECTORY(":1:1: is a directory, not a list") {
        @Override
        public Path in(Path directory) throws IOException {
            return Files.createDirectory(directory.resolve("bad"));
        }
    },
    MISSING(":1:1: cannot be read: there is no such file") {
        @Override
        public Path in(Path directory) {
            return directory.resolve("bad");
        }
    },
    A_TRUNCATED_INDEX(": has 12287 bytes, but its header tells 12288") {
        @Override
        public Path in(Path directory) throws IOException {
            byte[] whole = Files.readAllBytes(compiled(directory));
            return Files.write(directory.resolve("bad"), Arrays.copyOf(whole, whole.length - 1));
        }
    },
    HALF_A_HEADER(": is shorter than the header of a compiled list") {
        @Override
        public Path in(Path directory) throws IOException {
            return Files.write(directory.resolve("bad"), Arrays.copyOf(Files.readAllBytes(compiled(directory)), 100));
        }
    };

    private final String complaint;

    DefectiveList(String complaint) {
        this.complaint = complaint;
    }

    /** Makes the list. */
    public abstract Path in(Path directory) throws IOException;

    /** What the one line says after the name of the file; a line that is too long is told as such or as a file too large. */
    public String complaint() {
        return complaint;
    }

    private static Path text(Path directory, String text) throws IOException {
        return Files.writeString(directory.resolve("bad"), text);
    }

    /** A compiled list of one program without a type: its header, a block of its directory and one of its entries. */
    private static Path compiled(Path directory) throws IOException {
        Path text = Files.writeString(directory.resolve("one"), "0".repeat(64) + "  a\n");
        Path list = directory.resolve("compiled");
        CommandLine.Result built = CommandLine.bpfgate().run("allowlist", "build", "-o", list, text);
        assertThat(built.exitCode()).as("%s", built).isZero();
        return list;
    }
}
