package org.bpfgate.policy.ipe.internal.store;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.policy.PolicyException;

/** Endless steps of which it is known what the store holds after each. Every one of them changes it. */
final class CrashScript {
    private static final int ROUND = 6;

    private CrashScript() {}

    /** Does one step; the steps before it were done. */
    static void apply(PolicyStore store, int step) throws PolicyException {
        switch (step % ROUND) {
            case 0 -> renew(store, "A", step, 0);
            case 1 -> store.activate("A");
            case 2 -> renew(store, "B", step, 2);
            case 3 -> store.activate("B");
            case 4 -> store.load(Policies.signed("C", version(step)));
            default -> store.delete("C");
        }
    }

    private static void renew(PolicyStore store, String name, int step, int first) throws PolicyException {
        byte[] policy = Policies.signed(name, version(step));
        if (step == first) {
            store.load(policy);
        } else {
            store.update(name, policy);
        }
    }

    /** Returns what is loaded after a step, as {@link Machine#loaded} tells it; nothing before step 0. */
    static List<String> after(int step) {
        List<String> loaded = new ArrayList<>();
        int phase = step < 0 ? -1 : step % ROUND;
        if (step >= 0) {
            loaded.add("A " + version(step - phase) + (phase == 1 || phase == 2 ? " *" : ""));
        }
        if (step >= 2) {
            int renewed = phase >= 2 ? step - phase + 2 : step - phase - ROUND + 2;
            loaded.add("B " + version(renewed) + (step >= 3 && phase != 1 && phase != 2 ? " *" : ""));
        }
        if (phase == 4) {
            loaded.add("C " + version(step));
        }
        return loaded;
    }

    private static String version(int step) {
        return "0." + (step >> 16) + "." + (step & 0xffff);
    }
}
