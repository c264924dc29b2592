package org.bpfgate.allowlist;

/** The forms of a list, which the first bytes of its file tell. */
public enum ListForm {
    /** Lines that people write and review. What is of no other form is taken for text, whether it is a list or not. */
    TEXT,

    /** Sorted digests in a file that only bpfgate writes. */
    COMPILED,

    /** A signed message that has a text list as its content. */
    MANIFEST
}
