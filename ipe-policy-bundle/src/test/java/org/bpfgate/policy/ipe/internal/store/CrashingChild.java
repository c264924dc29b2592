package org.bpfgate.policy.ipe.internal.store;

import java.nio.file.Path;
import org.bpfgate.policy.PolicyException;

/** The process that is killed: does the steps of the script, and says after each that it is done. */
final class CrashingChild {
    private CrashingChild() {}

    /** Arguments: the state directory, and the first step. */
    public static void main(String... arguments) throws PolicyException {
        PolicyStore store = new Machine(Path.of(arguments[0])).store();
        for (int step = Integer.parseInt(arguments[1]); ; step++) {
            CrashScript.apply(store, step);
            System.out.println(step);
        }
    }
}
