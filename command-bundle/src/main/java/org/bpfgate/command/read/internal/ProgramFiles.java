package org.bpfgate.command.read.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Finds program files and reads the programs in them. Every call reads the files anew; safe for use by several threads. */
public final class ProgramFiles {
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    private ProgramFiles() {}

    /**
     * Lists the program files that an argument of the command line names.
     *
     * @param argument a file, which is returned as it is, or a directory
     * @return the files; for a directory those in it, at any depth, whose names end in {@code .o}, {@code .insns},
     *     {@code .bin} or {@code .lskel.h}, sorted by path; never empty
     * @throws InputException when the argument does not exist, a directory cannot be listed, is reached twice through
     *     symbolic links, or holds no program file
     */
    public static List<Path> expand(Path argument) throws InputException {
        return ProgramTree.filesOf(argument);
    }

    /**
     * Reads every program in one file. An ELF file is known by its first bytes, whatever its name; the other kinds are
     * known by their names: {@code .insns} and {@code .bin} are instructions, {@code .h} is a light skeleton header.
     *
     * @return the programs in the order of the file; never empty
     * @throws InputException when the file cannot be read, is of no known kind, or is broken
     */
    public static List<FoundProgram> read(Path file) throws InputException {
        byte[] head = BoundedFile.head(file, ELF_MAGIC.length);
        if (Arrays.equals(head, ELF_MAGIC)) {
            return ElfPrograms.read(file);
        }
        String name = file.toString();
        if (name.endsWith(".h")) {
            return List.of(LightSkeleton.read(file));
        }
        if (name.endsWith(".insns") || name.endsWith(".bin")) {
            return List.of(RawInstructions.read(file));
        }
        throw new InputException(
                file,
                "is not a program file: neither an ELF object, nor instructions (.insns, .bin), nor a light skeleton"
                        + " header (.lskel.h)");
    }
}
