package org.bpfgate.kernel.mediate.internal;

/**
 * Identifies a process, also after its number was given to another one.
 *
 * @param pid its process id
 * @param started its start time, in clock ticks since the boot
 */
record ProcessKey(int pid, long started) {}
