package org.bpfgate.integrity.hash.internal.list;

/** Why an entry with the digest of a load does not count for it. Ascending: the later differs less. */
enum Mismatch {
    /** The file that is judged does not tell the type. */
    TYPE_UNKNOWN("type-unknown"),

    OTHER_TYPE("other-type"),

    OTHER_ATTACH("other-attach-type"),

    /** The load's target has a number for which there is no name. */
    TARGET_UNKNOWN("attach-target-unknown"),

    OTHER_TARGET("other-attach-target");

    private final String code;

    Mismatch(String code) {
        this.code = code;
    }

    /** Returns the code of the reason. */
    String code() {
        return code;
    }
}
