package org.bpfgate.framework.internal.candidate;

/**
 * What the modules of a candidate ask of a client and its maps that costs a live load work. It is read while the client waits only
 * when one of them has asked before; the first load for which it is asked is not compared.
 */
final class Wanted {
    volatile boolean executableSha256;
    volatile boolean mapExclusive;
    volatile boolean mapSha256;
    volatile boolean mapContents;
}
