package org.bpfgate.command.internal.context;

import java.nio.charset.StandardCharsets;
import org.bpfgate.command.internal.io.Printable;

/**
 * The name of a policy between the terminal, where it is UTF-8, and the services, where it has one character per byte.
 */
public final class PolicyName {
    private PolicyName() {}

    /** Returns the name that an argument means. */
    public static String ofArgument(String argument) {
        return new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Returns the name for people; what is not printable is replaced by question marks. */
    public static String printed(String name) {
        String text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return Printable.of(text);
    }
}
