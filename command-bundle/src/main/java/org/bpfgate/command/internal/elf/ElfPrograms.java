package org.bpfgate.command.internal.elf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.program.LinkOrder;
import org.bpfgate.command.internal.program.ProgramSection;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;

/** Reads the programs of a BPF object file, linked as far as that is possible without the kernel that loads them. */
public final class ElfPrograms {
    /** The largest file that is read. Objects of large projects take a few megabytes. */
    static final int MAX_FILE_SIZE = 64 << 20;

    /** The most that the linked programs of one file may take, each in two orders: many programs may each include the same functions. */
    private static final int MAX_LINKED_SIZE = 2 * MAX_FILE_SIZE;

    private final Path file;
    private final ElfObject object;
    private final Functions functions;
    private final References references;
    private final CoreRelocations coreRelocations;
    private final List<FoundProgram> programs = new ArrayList<>();
    private final List<InputException> unreadable = new ArrayList<>();
    private long linked;

    private ElfPrograms(
            Path file, ElfObject object, Functions functions, References references, CoreRelocations coreRelocations) {
        this.file = file;
        this.object = object;
        this.functions = functions;
        this.references = references;
        this.coreRelocations = coreRelocations;
    }

    /**
     * Reads the programs in the order of the file.
     *
     * @param faults takes each program that cannot be read, when others can
     * @throws InputException when the file cannot be read, is not a sound BPF object, or holds no program that can be read
     */
    public static List<FoundProgram> read(Path file, Consumer<InputException> faults) throws InputException {
        return parse(file, BoundedFile.read(file, MAX_FILE_SIZE), faults);
    }

    /** As {@link #read}, for contents that were read already. */
    public static List<FoundProgram> parse(Path file, byte[] bytes, Consumer<InputException> faults)
            throws InputException {
        ElfObject object = ElfObject.parse(file, bytes);
        Functions functions = Functions.of(object);
        Btf btf = Btf.of(object);
        ElfPrograms reader = new ElfPrograms(
                file, object, functions, References.of(object, functions, btf), CoreRelocations.of(object, btf));
        for (Functions.Entry entry : functions.entries()) {
            reader.add(entry);
        }
        return reader.finish(faults);
    }

    private void add(Functions.Entry entry) throws InputException {
        Function function = entry.function();
        try {
            if (function == null) {
                throw entry.fault() == null ? object.fault("has no function " + entry.name()) : entry.fault();
            }
            programs.add(found(entry.name(), functions.readable(function)));
        } catch (InputException e) {
            unreadable.add(e);
        }
        if (linked > MAX_LINKED_SIZE) {
            throw object.fault("holds programs of more than " + MAX_LINKED_SIZE + " bytes in all");
        }
    }

    private List<FoundProgram> finish(Consumer<InputException> faults) throws InputException {
        if (programs.isEmpty()) {
            throw unreadable.isEmpty() ? object.noProgram("holds no program") : unreadable.getFirst();
        }
        unreadable.forEach(faults);
        return programs;
    }

    private FoundProgram found(String name, Function function) throws InputException {
        Instructions instructions = link(function, LinkOrder.FIRST_REFERENCE);
        Instructions byName = link(function, LinkOrder.BY_NAME);
        ProgramSection section = SectionTypes.of(function.section().name()).withLicense(object.license());
        return new FoundProgram(
                file,
                Optional.of(name),
                new BpfProgram(name, section.type(), instructions),
                Arrays.equals(byName.toByteArray(), instructions.toByteArray())
                        ? Optional.empty()
                        : Optional.of(byName),
                section,
                Optional.empty(),
                List.of());
    }

    private Instructions link(Function function, LinkOrder order) throws InputException {
        Instructions instructions = Linker.link(function, order, functions, references, coreRelocations);
        linked += instructions.size();
        return instructions;
    }
}
