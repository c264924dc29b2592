package org.bpfgate.control;

/**
 * Who is at the other end of a local socket, as the kernel says ({@code SO_PEERCRED}): those of the time of connect(2).
 *
 * @param pid the process, in the gate's pid namespace; 0 when it cannot be seen from there
 * @param uid its effective user
 * @param gid its effective group
 */
public record ControlPeer(int pid, int uid, int gid) {}
