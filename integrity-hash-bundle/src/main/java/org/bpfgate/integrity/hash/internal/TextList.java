package org.bpfgate.integrity.hash.internal;

import java.util.Optional;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A text list, plain or out of a signed manifest.
 *
 * @param label the file
 * @param signer who signed it; empty for nobody
 * @param validity when it counts
 * @param entries what it lists
 */
record TextList(String label, String signer, Validity validity, Allowlist entries) implements ProgramList {
    @Override
    public Provenance provenance() {
        return new Provenance(label, signer.isEmpty() ? "text" : "manifest", signer, entries.size(), validity);
    }

    @Override
    public Optional<String> find(ProgramDigest digest) {
        return entries.find(digest).map(entry -> {
            String place = describe(entry);
            return entry.source() == null ? place : place + ", source " + entry.source();
        });
    }

    @Override
    public Optional<String> find(String name, ProgramType type) {
        return entries.find(name, type).map(this::describe);
    }

    private String describe(ListEntry entry) {
        String name = "name " + entry.name();
        String typed =
                entry.type() == null ? name : name + " type " + entry.type().label();
        return typed + " in list " + entry.place() + (signer.isEmpty() ? "" : " signed by " + signer);
    }
}
