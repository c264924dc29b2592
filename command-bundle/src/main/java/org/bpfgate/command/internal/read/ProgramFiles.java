package org.bpfgate.command.internal.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bpfgate.command.internal.elf.ElfPrograms;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.program.RawInstructions;
import org.bpfgate.command.internal.skeleton.LightSkeleton;

/** Finds program files and reads the programs in them. Every call reads the files anew; safe for use by several threads. */
public final class ProgramFiles {
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    private ProgramFiles() {}

    /**
     * Reads every program that an argument of the command line names, a file or a directory.
     *
     * <ul>
     *   <li>A file is read whatever its name.
     *   <li>Of a directory those files are read, at any depth and sorted by path, whose names end in {@code .o}, {@code .insns},
     *       {@code .bin} or {@code .lskel.h}. A sound file that holds no program is passed over: an object for another machine, or one
     *       of maps only. So is a link that leads nowhere or to a directory that is read already.
     * </ul>
     *
     * @param reader takes the programs, and what cannot be read
     * @throws InputException when the argument does not exist, a directory cannot be listed, or holds no file that can be a program
     */
    public static void readAll(Path argument, Reader reader) throws InputException {
        List<Path> files = expand(argument, reader);
        if (!Files.isDirectory(argument)) {
            readOne(files.getFirst(), reader);
        } else if (!readOfDirectory(files, reader)) {
            throw new InputException(argument, "holds no program: its files were all skipped");
        }
    }

    private static void readOne(Path file, Reader reader) {
        try {
            read(file, reader::unreadable).forEach(reader::found);
        } catch (InputException e) {
            reader.unreadable(e);
        }
    }

    /**
     * Reads files that were found in a directory, as {@link #readAll} does.
     *
     * @return false when all of them were passed over
     */
    public static boolean readOfDirectory(List<Path> files, Reader reader) {
        boolean isAnyRead = false;
        for (Path file : files) {
            try {
                read(file, reader::unreadable).forEach(reader::found);
                isAnyRead = true;
            } catch (InputException e) {
                if (e.isOfOtherFile()) {
                    reader.passedOver(e);
                } else {
                    reader.unreadable(e);
                    isAnyRead = true;
                }
            }
        }
        return isAnyRead;
    }

    /** Takes what costs only itself, from whatever is read. */
    public interface Faults {
        /** Takes a directory, a file, or a program of a file, that was asked for and cannot be read. */
        void unreadable(InputException fault);

        /** Takes a file in a directory that is nothing to read. */
        void passedOver(InputException fault);
    }

    /** Takes what reading comes to. */
    public interface Reader extends Faults {
        /** Takes a program, in the order of the files. */
        void found(FoundProgram program);
    }

    /**
     * Lists the program files that an argument of the command line names.
     *
     * @param argument a file, which is returned as it is, or a directory
     * @param faults takes a sub-directory that cannot be listed, and a link that leads nowhere or to a directory that is listed already
     * @return the files; for a directory those in it, at any depth, whose names end in {@code .o}, {@code .insns},
     *     {@code .bin} or {@code .lskel.h}, sorted by path; never empty
     * @throws InputException when the argument does not exist, is a directory that cannot be listed, or holds no program file
     */
    public static List<Path> expand(Path argument, Faults faults) throws InputException {
        return ProgramTree.filesOf(argument, faults);
    }

    /**
     * Reads every program in one file. An ELF file is known by its first bytes, whatever its name; the other kinds are
     * known by their names: {@code .insns} and {@code .bin} are instructions, {@code .h} is a light skeleton header.
     *
     * @param faults takes each program that cannot be read, when others of the file can
     * @return the programs in the order of the file; never empty
     * @throws InputException when the file cannot be read, is of no known kind, is broken, or no program in it can be read
     */
    public static List<FoundProgram> read(Path file, Consumer<InputException> faults) throws InputException {
        byte[] head = BoundedFile.head(file, ELF_MAGIC.length);
        if (Arrays.equals(head, ELF_MAGIC)) {
            return ElfPrograms.read(file, faults);
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
