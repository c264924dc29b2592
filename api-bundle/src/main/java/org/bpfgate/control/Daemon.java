package org.bpfgate.control;

import org.osgi.annotation.versioning.ProviderType;

/** The running gate. The bundle that serves the control socket registers one such service; {@code bpfgate serve} calls it. */
@ProviderType
@FunctionalInterface
public interface Daemon {
    /**
     * Serves until the process is told to end by SIGTERM or SIGINT, or until another gate has taken over. To be called once.
     *
     * @param takesOver whether this gate takes the place of the one that runs, with its listeners; while it cannot, the other one goes on
     * @throws ControlException when it cannot begin; the message is one line for people
     * @throws InterruptedException when the thread is interrupted; the gate ends in order first
     */
    void run(boolean takesOver) throws ControlException, InterruptedException;
}
