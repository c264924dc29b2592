package org.bpfgate.command.internal;

/** A number of things in words. */
final class Count {
    private Count() {}

    /** Returns such as "1 digest" or "2 digests". */
    static String of(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
