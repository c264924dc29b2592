package org.bpfgate.command.internal.skeleton;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.program.ProgramSection;
import org.bpfgate.command.internal.program.RawInstructions;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramType;

/**
 * Reads a light skeleton header as {@code bpftool gen skeleton -L} writes it: a loader program, the data of its map, and
 * in newer headers its signature. Both forms are read, literals assigned to {@code opts} and named arrays.
 */
public final class LightSkeleton {
    /** The largest header that is read. A byte takes up to four characters in it. */
    private static final int MAX_FILE_SIZE = 64 << 20;

    /** The name that {@code bpf_load_and_run()} of {@code skel_internal.h} gives to the loader program. */
    private static final String LOADER_NAME = "__loader.prog";

    /** Array maps keep their values in multiples of 8 bytes, and the kernel hashes them so. */
    private static final int VALUE_ALIGNMENT = 8;

    private final CScanner scanner;
    private final SkeletonParser parser;

    private LightSkeleton(CScanner scanner, SkeletonParser parser) {
        this.scanner = scanner;
        this.parser = parser;
    }

    /**
     * Reads the loader program.
     *
     * @return the loader; its one map is the data, padded with zero bytes to a multiple of 8
     * @throws InputException when the file cannot be read, is not C in the places that matter, or sets no loader
     */
    public static FoundProgram read(Path file) throws InputException {
        return parse(file, BoundedFile.read(file, MAX_FILE_SIZE));
    }

    /** As {@link #read}, for contents that were read already. */
    public static FoundProgram parse(Path file, byte[] bytes) throws InputException {
        CScanner scanner = new CScanner(new CSource(file, bytes));
        LightSkeleton skeleton = new LightSkeleton(scanner, SkeletonParser.parse(scanner));
        Instructions instructions = skeleton.instructions(file);
        byte[] data = skeleton.data(file);
        BpfProgram loader =
                new BpfProgram(LOADER_NAME, ProgramType.SYSCALL, instructions, List.of(new SkeletonMap(data)));
        return new FoundProgram(
                file,
                Optional.empty(),
                loader,
                Optional.empty(),
                ProgramSection.of(ProgramType.SYSCALL),
                skeleton.signature(),
                List.of(data));
    }

    private Instructions instructions(Path file) throws InputException {
        CArray array = parser.pointer("insns");
        if (array == null) {
            throw new InputException(file, "sets no opts.insns: not a light skeleton header (bpftool gen skeleton -L)");
        }
        byte[] bytes = sized(array, "insns");
        if (bytes.length == 0 || bytes.length % Instructions.SLOT_SIZE != 0) {
            throw scanner.fault(array.place(), "the loader takes " + bytes.length + " bytes: not whole instructions");
        }
        if (bytes.length > RawInstructions.MAX_SIZE) {
            throw scanner.fault(
                    array.place(), "the loader takes more than " + RawInstructions.MAX_INSTRUCTIONS + " instructions");
        }
        return Instructions.of(bytes);
    }

    private byte[] data(Path file) throws InputException {
        CArray array = parser.pointer("data");
        if (array == null) {
            throw new InputException(file, "sets no opts.data: not a light skeleton header (bpftool gen skeleton -L)");
        }
        byte[] bytes = sized(array, "data");
        int padded = (bytes.length + VALUE_ALIGNMENT - 1) / VALUE_ALIGNMENT * VALUE_ALIGNMENT;
        return Arrays.copyOf(bytes, padded);
    }

    private Optional<byte[]> signature() throws InputException {
        CArray array = parser.pointer("signature");
        return array == null ? Optional.empty() : Optional.of(sized(array, "signature"));
    }

    /** Takes as much of an array as the header's size says, as the compiled header would. */
    private byte[] sized(CArray array, String field) throws InputException {
        SkeletonParser.Size size = parser.size(field + "_sz");
        if (size == null) {
            throw scanner.fault(array.place(), "opts." + field + " is set, and opts." + field + "_sz is not");
        }
        if (size.bytes() < 0 || size.bytes() > array.size()) {
            throw scanner.fault(
                    size.place(),
                    "opts." + field + "_sz is " + size.bytes() + ", but opts." + field + " has " + array.size()
                            + " bytes with its final zero");
        }
        return array.first((int) size.bytes());
    }
}
