package org.bpfgate.framework.internal.settings;

import java.time.Duration;
import java.util.List;

/**
 * The settings of the framework. Immutable.
 *
 * @param order names of modules that come first, in this order, whatever their ranking
 * @param required names of modules without which nothing is decided; empty for every policy that was in the stack, and
 *     {@link #NOTHING} for none at all
 * @param hold how long a call waits for a missing required module before it is denied
 * @param callbackBudget how long one callback may take
 * @param drainBudget how long the stop of a module waits for the calls that still use it
 */
public record StackConfiguration(
        List<String> order, List<String> required, Duration hold, Duration callbackBudget, Duration drainBudget) {
    /** The same with another order. */
    public StackConfiguration withOrder(List<String> names) {
        return new StackConfiguration(names, required, hold, callbackBudget, drainBudget);
    }

    /** No time is longer: a day is more than anybody waits for, and far from what nanoseconds in a long can hold. */
    public static final Duration LONGEST = Duration.ofDays(1);

    /** Requires nothing, whatever was in the stack: an empty stack allows, as the kernel does without security modules. */
    public static final List<String> NOTHING = List.of("none");

    /** What holds when nobody configures anything: no order but the ranking, policies stay required; times as documented. */
    public static final StackConfiguration DEFAULT = new StackConfiguration(
            List.of(), List.of(), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(5));

    public StackConfiguration {
        order = List.copyOf(order);
        required = List.copyOf(required);
        checkTime(hold);
        checkTime(callbackBudget);
        checkTime(drainBudget);
        if (callbackBudget.isZero()) {
            throw new IllegalArgumentException("a callback needs some time");
        }
    }

    private static void checkTime(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("times are from 0 to " + LONGEST + ", not " + time);
        }
    }
}
