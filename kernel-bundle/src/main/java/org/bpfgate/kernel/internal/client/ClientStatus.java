package org.bpfgate.kernel.internal.client;

/**
 * A client as the kernel reports it while the client waits.
 *
 * @param pid its process id
 * @param tid its thread id
 * @param uid its effective user id
 * @param comm the name of the thread
 * @param capabilities its effective capabilities in its user namespace, bit n for capability n
 * @param userNamespace its user namespace, as {@code /proc/TID/ns/user} names it
 */
public record ClientStatus(int pid, int tid, long uid, String comm, long capabilities, String userNamespace) {}
