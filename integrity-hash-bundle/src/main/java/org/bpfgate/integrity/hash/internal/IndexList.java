package org.bpfgate.integrity.hash.internal;

import java.util.Optional;
import org.bpfgate.integrity.hash.index.internal.CompiledIndex;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A compiled list.
 *
 * @param label the file
 * @param index its content
 */
record IndexList(String label, CompiledIndex index) implements ProgramList {
    @Override
    public Provenance provenance() {
        return new Provenance(label, "compiled", "", index.header().digests(), validity());
    }

    @Override
    public Validity validity() {
        return new Validity(index.header().from(), index.header().until());
    }

    @Override
    public Optional<String> find(ProgramDigest digest) {
        return index.contains(digest) ? Optional.of("in compiled list " + label) : Optional.empty();
    }

    @Override
    public Optional<String> find(String name, ProgramType type) {
        return index.containsName(name, type)
                ? Optional.of("name " + name + " type " + type.label() + " in compiled list " + label)
                : Optional.empty();
    }
}
