package org.bpfgate.command.internal;

import java.nio.charset.StandardCharsets;
import org.bpfgate.command.read.internal.Printable;

/**
 * The name of a policy between the terminal, where it is UTF-8, and the services, where it has one character per byte.
 */
final class PolicyName {
    private PolicyName() {}

    /** Returns the name that an argument means. */
    static String ofArgument(String argument) {
        return new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Returns the name for people; what is not printable is replaced by question marks. */
    static String printed(String name) {
        String text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return Printable.of(text);
    }
}
