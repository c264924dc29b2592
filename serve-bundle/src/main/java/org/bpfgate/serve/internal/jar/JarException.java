package org.bpfgate.serve.internal.jar;

/** Why a jar is not taken for a module. The message is one line: what is wrong, without the name of the file, and what to do. */
public final class JarException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    private JarException(boolean refused, String message) {
        super(message);
        this.refused = refused;
    }

    /** A check refuses what the jar is. */
    public static JarException refused(String message) {
        return new JarException(true, message);
    }

    /** The file cannot be read as the jar of a bundle. */
    public static JarException unreadable(String message) {
        return new JarException(false, message);
    }

    /** Returns whether a check refused it; false when it is no readable jar of a bundle. */
    public boolean isRefused() {
        return refused;
    }
}
