package org.bpfgate.policy.ipe.internal.store;

/** A file is not an index that this store wrote. */
final class DamagedIndexException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a fault.
     *
     * @param line where, counted from 1
     * @param message what is wrong there
     */
    DamagedIndexException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
