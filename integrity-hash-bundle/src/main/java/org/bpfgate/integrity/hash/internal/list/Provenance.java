package org.bpfgate.integrity.hash.internal.list;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.audit.JsonMembers;

/**
 * Where a list comes from, what vouches for it, and how much it names: for those who ask which lists count.
 *
 * @param label the file
 * @param form {@code text}, {@code compiled} or {@code manifest}
 * @param signer who signed it; empty for nobody
 * @param programs how many digests it has
 * @param entries how many entries it has
 * @param untyped how many of them count for every type
 * @param fileHashes which of them look like hashes of files
 * @param validity when it counts
 */
public record Provenance(
        String label,
        String form,
        String signer,
        long programs,
        long entries,
        long untyped,
        FileHashes fileHashes,
        Validity validity) {
    /**
     * Returns what an operator should know about such a list, a sentence for each, beginning with the file.
     *
     * @param revokes whether what it names is denied; such an entry counts for every type anyway
     */
    public List<String> warnings(boolean revokes) {
        if (entries == 0) {
            return List.of(label + ": the list is empty; it " + (revokes ? "revokes" : "lets in") + " nothing");
        }
        List<String> warnings = new ArrayList<>();
        if (fileHashes.count() > 0) {
            warnings.add(label + ": entries that look like hashes of files: " + fileHashes.count() + " of " + entries
                    + ", the first of " + fileHashes.first() + "; no program has such a digest, so they "
                    + (revokes ? "revoke" : "let in")
                    + " nothing; list the programs of an object with \"bpfgate allowlist build -o LIST FILE\"");
        }
        if (!revokes && untyped > fileHashes.count()) {
            warnings.add(label + ": entries without a type: " + untyped + " of " + entries
                    + "; their digests are let in as every type of program; add \"# type=TYPE\"");
        }
        return warnings;
    }

    /** Writes the members of a record. */
    public void describe(JsonMembers json) {
        json.text("form", form);
        json.text("signer", signer.isEmpty() ? null : signer);
        json.number("programs", programs);
        if (validity.hasBeginning()) {
            json.text("validFrom", validity.from().toString());
        }
        if (validity.hasEnd()) {
            json.text("validUntil", validity.until().toString());
        }
    }

    /** Returns all of it on one line. */
    @Override
    public String toString() {
        return label + " (" + form + ", " + programs + (programs == 1 ? " program" : " programs")
                + (signer.isEmpty() ? "" : ", signed by " + signer)
                + (validity.hasBeginning() ? ", valid from " + validity.from() : "")
                + (validity.hasEnd() ? ", valid until " + validity.until() : "") + ")";
    }
}
