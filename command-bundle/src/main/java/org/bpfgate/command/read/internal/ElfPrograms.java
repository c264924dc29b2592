package org.bpfgate.command.read.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;

/** Reads the programs of a BPF object file, linked as far as that is possible without the kernel that loads them. */
final class ElfPrograms {
    /** The largest file that is read. Objects of large projects take a few megabytes. */
    static final int MAX_FILE_SIZE = 64 << 20;

    /** The most that the linked programs of one file may take: many programs may each include the same functions. */
    private static final int MAX_LINKED_SIZE = MAX_FILE_SIZE;

    private ElfPrograms() {}

    /**
     * Reads the programs in the order of the file.
     *
     * @throws InputException when the file cannot be read, is not a sound BPF object, or holds no program
     */
    static List<FoundProgram> read(Path file) throws InputException {
        return parse(file, BoundedFile.read(file, MAX_FILE_SIZE));
    }

    /** As {@link #read}, for contents that were read already. */
    static List<FoundProgram> parse(Path file, byte[] bytes) throws InputException {
        ElfObject object = ElfObject.parse(file, bytes);
        Functions functions = Functions.of(object);
        Btf btf = Btf.of(object);
        References references = References.of(object, functions, btf);
        CoreRelocations coreRelocations = CoreRelocations.of(object, btf);
        List<FoundProgram> programs = new ArrayList<>();
        long linked = 0;
        for (Function entry : functions.entries()) {
            Instructions instructions = Linker.link(entry, functions, references, coreRelocations);
            linked += instructions.size();
            if (linked > MAX_LINKED_SIZE) {
                throw object.fault("holds programs of more than " + MAX_LINKED_SIZE + " bytes in all");
            }
            programs.add(found(file, entry, instructions));
        }
        if (programs.isEmpty()) {
            throw object.fault("holds no program");
        }
        return programs;
    }

    private static FoundProgram found(Path file, Function entry, Instructions instructions) {
        ProgramSection section = SectionTypes.of(entry.section().name());
        BpfProgram program = new BpfProgram(entry.name(), section.type(), instructions);
        return new FoundProgram(file, Optional.of(entry.name()), program, section, Optional.empty(), List.of());
    }
}
