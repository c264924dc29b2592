package org.bpfgate.command.internal.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.command.internal.io.Printable;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;

/**
 * One program that was found in a file. The arrays are copied on the way in and on the way out.
 *
 * @param file the file it was read from
 * @param part the name of the program inside the file; empty when the file is one program
 * @param program the program, as far as the file tells it
 * @param byName the same program with its sub-programs in the order of cilium/ebpf, see {@link LinkOrder#BY_NAME}; empty when that is no
 *     other one
 * @param section how it is loaded, as far as the file tells it
 * @param signature the signature that the file carries, if any: the DER of a CMS message, unchecked
 * @param maps the value areas of the maps that belong to the program, each as the kernel hashes it
 */
public record FoundProgram(
        Path file,
        Optional<String> part,
        BpfProgram program,
        Optional<Instructions> byName,
        ProgramSection section,
        Optional<byte[]> signature,
        List<byte[]> maps) {
    /** Copies the arrays and refuses nulls. */
    public FoundProgram {
        Objects.requireNonNull(file);
        Objects.requireNonNull(part);
        Objects.requireNonNull(program);
        Objects.requireNonNull(byName);
        Objects.requireNonNull(section);
        signature = signature.map(byte[]::clone);
        maps = copyOf(maps);
    }

    /** Returns a copy of the signature that the file carries, if any. */
    @Override
    public Optional<byte[]> signature() {
        return signature.map(byte[]::clone);
    }

    /** Returns copies of the value areas of the maps. */
    @Override
    public List<byte[]> maps() {
        return copyOf(maps);
    }

    /** Returns the same program as a new object, to be decided on once more: the stack frees a program after each decision. */
    public FoundProgram anew() {
        return new FoundProgram(
                file,
                part,
                new BpfProgram(program.name(), program.type(), program.instructions(), program.usedMaps()),
                byName,
                section,
                signature,
                maps);
    }

    /** Returns how reports call the program: {@code FILE}, or {@code FILE#PART} when the file may hold several; without control characters. */
    public String label() {
        return Printable.of(part.isEmpty() ? file.toString() : file + "#" + part.get());
    }

    /** Returns what is to be said of its section, for people; empty unless libbpf does not know the section. */
    public Optional<String> unknownSection() {
        return section.name().map(name -> "libbpf knows no section " + Printable.of(name));
    }

    private static List<byte[]> copyOf(List<byte[]> arrays) {
        List<byte[]> copies = new ArrayList<>(arrays.size());
        for (byte[] array : arrays) {
            copies.add(array.clone());
        }
        return List.copyOf(copies);
    }
}
