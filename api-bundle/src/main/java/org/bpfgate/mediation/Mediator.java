package org.bpfgate.mediation;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs commands whose loads of BPF programs are decided on by the modules of this gate. The bundle that talks to the kernel
 * registers one such service. Safe for use by several threads.
 */
@ProviderType
public interface Mediator {
    /**
     * Runs a command on this process's standard streams, in its working directory and with its environment, and waits for its
     * end. Every {@code BPF_PROG_LOAD} of the command and of its descendants is decided on by
     * {@link org.bpfgate.stack.SecurityHooks}; what is allowed is loaded from the gate's own copies and handed over.
     *
     * <p>Descendants that outlive the command find nobody to ask any more: their loads fail with {@code ENOSYS}. So do all loads
     * when the gate dies.
     *
     * @param command what to run, and how strictly
     * @param listener hears of every mediated command
     * @return what the command exited with; 128 and the number of the signal when a signal ended it, as a shell tells it
     * @throws MediationException when the command was not started; the message is one line for people
     * @throws InterruptedException when the waiting thread is interrupted; the command goes on
     */
    int run(MediatedCommand command, MediationListener listener) throws MediationException, InterruptedException;

    /**
     * Becomes a command whose loads a running gate decides on: puts a filter on the calling thread, hands its listener over to the gate that
     * listens on a socket ({@link #host}), and executes the command in the place of this process. It keeps the process id, and gets
     * descriptors, signals, limits and environment as {@link #run} gives them. All other threads of this process end, and nothing of the JVM
     * is finished.
     *
     * @param words the command and its arguments; a command without a slash is looked for in {@code PATH}
     * @param socket the socket file of the gate
     * @param last what is done right before the command is executed, such as deleting temporary files
     * @throws MediationException when the gate does not take the listener, or the command cannot be executed, which then has not
     *     begun. The calling thread may be under the filter already, so that this process should end. This method ends in no other way
     * @throws InterruptedException when the calling thread is interrupted while it waits for a busy gate
     */
    void become(List<String> words, Path socket, Runnable last) throws MediationException, InterruptedException;

    /**
     * Takes the listeners of other processes over, and mediates them as {@link #run} does for its command.
     *
     * @param socket the socket file on which processes hand over; see {@link org.bpfgate.control.LocalSockets#listen}
     * @param permissions of the socket file, as of chmod(2). Whoever may connect can have its own loads mediated, and nothing else
     * @param permissive true when the gate decides and tells, but blocks and alters nothing
     * @param listener hears of every mediated command, and of every listener
     * @throws MediationException when this machine cannot mediate, or the socket cannot be made; the message is one line for people
     */
    ListenerHost host(Path socket, int permissions, boolean permissive, MediationListener listener)
            throws MediationException;
}
