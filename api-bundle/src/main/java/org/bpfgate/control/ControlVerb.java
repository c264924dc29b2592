package org.bpfgate.control;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One verb of the control socket. A bundle registers it as a service with the property {@value #NAME}; of two with one name the higher
 * ranked serves.
 *
 * <p>Called on a thread of the request. Requests that change something are called one after the other, in the order of their arrival;
 * the others at any time. The thread is interrupted when the client is gone or the request's time is over.
 */
@ConsumerType
@FunctionalInterface
public interface ControlVerb {
    /** Service property, a text: the name of the verb, words with dots between, such as {@code lsm.list}. */
    String NAME = "bpfgate.verb";

    /** Service property, a boolean: whether the verb changes something. Each such request is audited. False when it is missing. */
    String CHANGES = "bpfgate.changes";

    /** Service property, a number: how many milliseconds a request may take; 0 without a limit. 30,000 when it is missing. */
    String TIMEOUT = "bpfgate.timeout";

    /**
     * Answers a request. What it throws besides the declared exceptions is answered with an error of kind
     * {@link ControlException.Kind#FAILED}, and logged.
     *
     * @param request what is asked, and by whom
     * @param reply takes items, for verbs that answer with many, or for as long as the client listens
     * @return the members of the result: texts, numbers, booleans, maps and lists of these; sent after the items
     * @throws ControlException when the request cannot be fulfilled; its kind and message are the answer
     * @throws InterruptedException when the client is gone or the time is over
     */
    Map<String, ?> perform(ControlRequest request, ControlReply reply) throws ControlException, InterruptedException;
}
