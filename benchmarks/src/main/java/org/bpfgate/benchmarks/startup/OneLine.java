package org.bpfgate.benchmarks.startup;

/** The least that a JVM can usefully do. */
public final class OneLine {
    private OneLine() {}

    /**
     * Prints one line.
     *
     * @param arguments none
     */
    public static void main(String... arguments) {
        System.out.println("one line");
    }
}
