package org.bpfgate.kernel.internal.client;

/**
 * Identifies a process, also after its number was given to another one.
 *
 * @param pid its process id
 * @param started its start time, in clock ticks since the boot
 */
public record ProcessKey(int pid, long started) {}
