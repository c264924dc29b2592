package org.bpfgate.policy.ipe.internal.service;

import org.jspecify.annotations.Nullable;

/** A switch as the kernel reads one from a file, {@code kstrtobool()}. */
final class KernelBoolean {
    private KernelBoolean() {}

    /**
     * Reads a switch. Only the beginning counts: {@code 1}, {@code y} or {@code on} switches on, {@code 0}, {@code n} or
     * {@code of} off, in any case.
     *
     * @return null for anything else
     */
    static @Nullable Boolean parse(String text) {
        char first = text.isEmpty() ? ' ' : Character.toLowerCase(text.charAt(0));
        return switch (first) {
            case '1', 'y' -> true;
            case '0', 'n' -> false;
            case 'o' -> onOrOff(text.length() < 2 ? ' ' : Character.toLowerCase(text.charAt(1)));
            default -> null;
        };
    }

    private static @Nullable Boolean onOrOff(char second) {
        return switch (second) {
            case 'n' -> true;
            case 'f' -> false;
            default -> null;
        };
    }
}
