package org.bpfgate.command.internal.elf;

import java.util.HashMap;
import java.util.Map;
import net.fornwall.jelf.ElfRelocation;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.Opcode;
import org.bpfgate.command.internal.program.RawInstructions;
import org.bpfgate.program.Instructions;

/** The references of all functions of an object, read from its relocations as libbpf 1.1 reads them. */
final class References {
    /** More in one object than this, one for each instruction that the kernel takes, is an attack on the memory. */
    private static final int MAX_RELOCATIONS = RawInstructions.MAX_INSTRUCTIONS;

    /** The immediate of a call of a function that the symbol names; else it is an offset in instructions, less one. */
    private static final int NO_OFFSET = -1;

    private final ElfObject object;
    private final Functions functions;
    private final Btf btf;
    private final Map<Function, Map<Integer, Reference>> found = new HashMap<>();
    private final Map<Function, InputException> faults = new HashMap<>();
    private int count;

    private References(ElfObject object, Functions functions, Btf btf) {
        this.object = object;
        this.functions = functions;
        this.btf = btf;
    }

    /**
     * Reads the relocations of every section with instructions.
     *
     * @throws InputException when one does not point to an instruction, or there are too many
     */
    static References of(ElfObject object, Functions functions, Btf btf) throws InputException {
        References references = new References(object, functions, btf);
        for (Section section : object.sections()) {
            if (section.type() == ElfLayout.REL) {
                references.readSection(section);
            }
        }
        return references;
    }

    /**
     * Returns what the instructions of a function refer to, by their places in it.
     *
     * @throws InputException when one refers to what no loader can resolve
     */
    Map<Integer, Reference> of(Function function) throws InputException {
        InputException fault = faults.get(function);
        if (fault != null) {
            throw fault;
        }
        return found.getOrDefault(function, Map.of());
    }

    private void readSection(Section relocations) throws InputException {
        int target = relocations.info();
        if (target < 0 || target >= object.sections().size()) {
            throw relocations.contents().fault("applies to section " + target + ", which does not exist");
        }
        Section code = object.sections().get(target);
        if (!code.holdsCode()) {
            return;
        }
        ElfRelocation[] entries = object.relocations(relocations);
        count += entries.length;
        if (count > MAX_RELOCATIONS) {
            throw object.fault("has more than " + MAX_RELOCATIONS + " relocations of instructions");
        }
        for (ElfRelocation relocation : entries) {
            readRelocation(relocation, code);
        }
    }

    private void readRelocation(ElfRelocation relocation, Section code) throws InputException {
        long at = relocation.r_offset;
        if (at < 0 || at >= code.contents().size() || at % Instructions.SLOT_SIZE != 0) {
            throw code.contents().fault("has a relocation at offset " + Long.toUnsignedString(at));
        }
        Function function = functions.at(code.index(), at / Instructions.SLOT_SIZE);
        if (function == null) {
            return;
        }
        Symbol symbol = object.symbol(relocation.getSymbolIndex());
        try {
            add(function, (int) (at / Instructions.SLOT_SIZE) - function.start(), symbol);
        } catch (InputException e) {
            faults.putIfAbsent(function, e);
        }
    }

    private void add(Function function, int instruction, Symbol symbol) throws InputException {
        Reference reference = reference(symbol, function, instruction);
        if (found.computeIfAbsent(function, f -> new HashMap<>()).put(instruction, reference) != null) {
            throw function.code().fault("has two relocations of instruction " + instruction);
        }
    }

    private Reference reference(Symbol symbol, Function function, int instruction) throws InputException {
        int code = function.code().u8((long) instruction * Instructions.SLOT_SIZE);
        if (code != Opcode.CALL && code != Opcode.LOAD_IMMEDIATE) {
            throw function.code().fault("has a relocation of instruction " + instruction + ", which takes no address");
        }
        if (symbol.isUndefined()) {
            return external(symbol, code);
        }
        if (!symbol.isInSection()) {
            throw function.code().fault("refers to " + symbol.name() + ", which is in no section");
        }
        return code == Opcode.CALL ? call(symbol, function, instruction) : address(symbol, function);
    }

    private Reference external(Symbol symbol, int code) throws InputException {
        boolean setting = code == Opcode.LOAD_IMMEDIATE && btf.isKernelSetting(symbol.name());
        return setting ? new Reference.KernelSetting() : new Reference.KernelSymbol(symbol);
    }

    private Reference call(Symbol symbol, Function function, int instruction) throws InputException {
        if (!object.sections().get(symbol.section()).holdsCode() || symbol.value() % Instructions.SLOT_SIZE != 0) {
            throw function.code().fault("calls " + symbol.name() + ", which is not a function");
        }
        // gcc 12 with binutils 2.40 leaves an offset beside the symbol. libbpf adds both, and cilium/ebpf links no such
        // call.
        if (symbol.isFunction() && Image.immediate(function, instruction) != NO_OFFSET) {
            throw function.code()
                    .fault("calls " + symbol.name() + " at instruction " + instruction
                            + " with an offset, as gcc 12 writes it, and no loader links that; compile it with clang, or"
                            + " make " + symbol.name() + " static");
        }
        return new Reference.Call(symbol.section(), symbol.value());
    }

    private Reference address(Symbol symbol, Function function) throws InputException {
        Section section = object.sections().get(symbol.section());
        if (section.holdsCode() && (symbol.isFunction() || (symbol.isSection() && symbol.isLocal()))) {
            return new Reference.FunctionAddress(symbol.section(), symbol.value());
        }
        if (section.holdsMaps()) {
            return new Reference.MapDescriptor();
        }
        if (section.holdsVariables()) {
            return new Reference.MapValue(symbol.value());
        }
        throw function.code().fault("refers to section " + section.name() + ", which is neither maps nor data");
    }
}
