package org.bpfgate.integrity;

/**
 * What a verifier found out about a program, {@code enum lsm_integrity_verdict}. The spellings are the kernel's and are
 * what reports, policies and records carry; the numbers changed between versions of the kernel series, so they are never
 * stored.
 */
public enum IntegrityVerdict {
    /** Nobody reported: the value of a program that no verifier looked at. */
    NONE,

    /** The program is what its signer, or the list, vouches for. */
    OK,

    /** The load carries no signature; for a list: the program was never listed. */
    UNSIGNED,

    /** The signature is good over the instructions, and says nothing about the maps. */
    PARTIALSIG,

    /** The keyring that the load asks for does not exist. */
    UNKNOWNKEY,

    /** What was verified differs from what was promised; for a list: a listed program has changed. */
    UNEXPECTED,

    /** Something needed for the verification could not be had from the system. */
    FAULT,

    /** The signature is unreadable, wrong, or made by nobody who is trusted. */
    BADSIG
}
