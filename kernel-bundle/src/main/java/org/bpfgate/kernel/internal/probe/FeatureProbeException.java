package org.bpfgate.kernel.internal.probe;

/** A list of feature probes cannot be read. The message is one line for people: file, line, what is wrong, what to do. */
public final class FeatureProbeException extends Exception {
    private static final long serialVersionUID = 1L;

    FeatureProbeException(String message) {
        super(message);
    }
}
