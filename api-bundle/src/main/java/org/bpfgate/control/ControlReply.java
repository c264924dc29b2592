package org.bpfgate.control;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Takes the items of an answer, before its result. For the thread of the request. */
@ProviderType
@FunctionalInterface
public interface ControlReply {
    /**
     * Sends an item. Waits until the client has room for it.
     *
     * @param members texts, numbers, booleans, maps and lists of these
     * @throws InterruptedException when the client is gone or the time is over
     */
    void item(Map<String, ?> members) throws InterruptedException;

    /**
     * Sends an item together with a file descriptor ({@code SCM_RIGHTS}), for another gate.
     *
     * @param members as of {@link #item(Map)}
     * @param descriptor ours; it stays open
     * @throws InterruptedException when the client is gone or the time is over
     * @throws UnsupportedOperationException where the answer takes another way than a local socket
     */
    default void item(Map<String, ?> members, int descriptor) throws InterruptedException {
        throw new UnsupportedOperationException("descriptors go over local sockets only");
    }
}
