package org.bpfgate.settings;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something of a bundle is wrong now and an operator should know. What is wrong is in the service property {@value #PROBLEM}, which any
 * other service may have too: the running gate shows the lines of all services that have it, in {@code bpfgate status} and as a health
 * check. A bundle without a service of its own that could carry the property registers this one for as long as there is a problem.
 */
@ConsumerType
public interface ProblemReport {
    /** Service property, a text or an array of texts: a line for each problem, with its place and what to do. Missing when all is well. */
    String PROBLEM = "bpfgate.problem";

    /** Service property of a report on settings, a boolean: whether the last settings were refused, so that they are not in use. */
    String REFUSED = "bpfgate.refused";

    /** Returns the {@code service.pid} of the report on the settings of a PID. */
    static String pidOf(String settings) {
        return settings + ".problem";
    }
}
