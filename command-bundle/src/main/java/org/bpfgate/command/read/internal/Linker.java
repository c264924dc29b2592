package org.bpfgate.command.read.internal;

import java.util.HashMap;
import java.util.Map;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.jspecify.annotations.Nullable;

/**
 * Makes the instructions of one program as libbpf 1.1 would load them ({@code bpf_object__reloc_code} and
 * {@code bpf_object__relocate_data}): each sub-program that it reaches is appended once, at the moment when the first
 * reference to it is met, before the rest of the function that refers to it is looked at.
 */
final class Linker {
    /** {@code BPF_MAX_SUBPROGS} of {@code include/linux/bpf_verifier.h}; it also bounds the recursion here. */
    private static final int MAX_FUNCTIONS = 256;

    private final Functions functions;
    private final References references;
    private final CoreRelocations coreRelocations;
    private final Image image;
    private final Map<Function, Integer> placed = new HashMap<>();
    private boolean refersToMaps;
    private @Nullable String pending;

    private Linker(Functions functions, References references, CoreRelocations coreRelocations, Image image) {
        this.functions = functions;
        this.references = references;
        this.coreRelocations = coreRelocations;
        this.image = image;
    }

    /**
     * Links one entry program.
     *
     * @throws InputException when a call or an address leads nowhere, or the program is larger than the kernel takes
     */
    static Instructions link(
            Function program, Functions functions, References references, CoreRelocations coreRelocations)
            throws InputException {
        Linker linker = new Linker(functions, references, coreRelocations, new Image(program));
        linker.place(program);
        return linker.instructions();
    }

    private Instructions instructions() {
        byte[] bytes = image.toByteArray();
        if (pending != null) {
            return Instructions.unlinked(bytes, RelocationState.PENDING, pending);
        }
        if (refersToMaps) {
            return Instructions.unlinked(
                    bytes,
                    RelocationState.MAP_FDS_PENDING,
                    "the file descriptors of its maps are known only at the load");
        }
        return Instructions.of(bytes);
    }

    private int place(Function function) throws InputException {
        if (placed.size() == MAX_FUNCTIONS) {
            throw function.code().fault("is one too many: a program has at most " + MAX_FUNCTIONS + " functions");
        }
        int base = image.append(function);
        placed.put(function, base);
        if (coreRelocations.apply(function)) {
            setPending("CO-RE relocations depend on the running kernel's types");
        }
        Map<Integer, Reference> known = references.of(function);
        for (int i = 0; i < function.count(); i++) {
            resolve(known.get(i), function, i, base + i);
        }
        return base;
    }

    private void resolve(@Nullable Reference reference, Function function, int instruction, int slot)
            throws InputException {
        switch (reference) {
            case null -> resolveUnnamed(function, instruction, slot);
            case Reference.Call call -> {
                long target = call.symbolOffset() / Instructions.SLOT_SIZE + image.immediate(slot) + 1;
                pointTo(target, function, instruction, slot);
            }
            case Reference.FunctionAddress address -> {
                image.setSource(slot, Opcode.PSEUDO_FUNC);
                long target = address.symbolOffset() + image.immediate(slot);
                if (target % Instructions.SLOT_SIZE != 0) {
                    throw function.code().fault("takes an address inside an instruction at instruction " + instruction);
                }
                pointTo(target / Instructions.SLOT_SIZE, function, instruction, slot);
            }
            case Reference.MapDescriptor map -> setMap(function, instruction, slot, Opcode.PSEUDO_MAP_FD);
            case Reference.MapValue variable -> {
                long offset = variable.symbolOffset() + image.immediate(slot);
                setMap(function, instruction, slot, Opcode.PSEUDO_MAP_VALUE);
                image.setImmediate(slot + 1, (int) offset);
            }
            case Reference.KernelSetting setting -> setMap(function, instruction, slot, Opcode.PSEUDO_MAP_VALUE);
            case Reference.KernelSymbol symbol ->
                setPending("refers to the kernel symbol " + symbol.symbol().name());
        }
    }

    /** A call inside one section needs no relocation: its distance is already right for the section, not the program. */
    private void resolveUnnamed(Function function, int instruction, int slot) throws InputException {
        if (image.isSubprogramCall(slot)) {
            long target = (long) function.start() + instruction + image.immediate(slot) + 1;
            pointTo(target, function, instruction, slot);
        } else if (image.isFunctionAddress(slot)) {
            throw function.code().fault("takes the address of no function at instruction " + instruction);
        }
    }

    private void pointTo(long target, Function function, int instruction, int slot) throws InputException {
        Function callee = functions.subprogramAt(target);
        if (callee == null) {
            throw function.code().fault("refers to no function in " + Section.TEXT + " at instruction " + instruction);
        }
        Integer base = placed.get(callee);
        int start = base == null ? place(callee) : base;
        image.setImmediate(slot, start - slot - 1);
    }

    /** The file descriptor is left 0: it is known only at the load. */
    private void setMap(Function function, int instruction, int slot, int kind) throws InputException {
        if (instruction + 1 >= function.count()) {
            throw function.code().fault("ends in the middle of a 64-bit load");
        }
        refersToMaps = true;
        image.setSource(slot, kind);
        image.setImmediate(slot, 0);
    }

    private void setPending(String reason) {
        if (pending == null) {
            pending = reason;
        }
    }
}
