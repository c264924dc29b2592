package org.bpfgate.command.internal.allowlist;

import org.bpfgate.program.ProgramType;

/**
 * One question to a list.
 *
 * @param label what was asked about, for people
 * @param digits the first 16 or all 64 digits of the digest, in lower case
 * @param type the type of the program in a file; {@link ProgramType#UNSPEC} when digits were asked about, or the file does not tell it
 */
record Asked(String label, String digits, ProgramType type) {
    private static final int DIGEST = 64;

    /** A question about digits. */
    static Asked of(String digits) {
        return new Asked(digits.length() == DIGEST ? "sha256:" + digits : "tag " + digits, digits, ProgramType.UNSPEC);
    }

    /** Returns whether a digest is asked about; else a tag is. */
    boolean isDigest() {
        return digits.length() == DIGEST;
    }
}
