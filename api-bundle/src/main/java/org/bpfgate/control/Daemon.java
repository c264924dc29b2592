package org.bpfgate.control;

import org.osgi.annotation.versioning.ProviderType;

/** The running gate. The bundle that serves the control socket registers one such service; {@code bpfgate serve} calls it. */
@ProviderType
@FunctionalInterface
public interface Daemon {
    /**
     * Serves until the process is told to end by SIGTERM or SIGINT. To be called once.
     *
     * @throws ControlException when it cannot begin; the message is one line for people
     * @throws InterruptedException when the thread is interrupted; the gate ends in order first
     */
    void run() throws ControlException, InterruptedException;
}
