package org.bpfgate.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.control.ControlException.Kind;

/**
 * What a client of the control socket asks.
 *
 * @param verb the name of the verb
 * @param arguments by name: texts, numbers (long or double), booleans, maps and lists of these
 * @param peer who asks, as the kernel says
 */
public record ControlRequest(String verb, Map<String, Object> arguments, ControlPeer peer) {
    /** Copies the arguments. */
    public ControlRequest {
        Objects.requireNonNull(verb);
        Objects.requireNonNull(peer);
        arguments = Map.copyOf(arguments);
    }

    /**
     * Refuses arguments that the verb does not know, so that no wish is dropped in silence.
     *
     * @param known the names of all arguments of the verb
     * @throws ControlException of kind {@link Kind#USAGE}
     */
    public void requireOnly(String... known) throws ControlException {
        Set<String> unknown = new TreeSet<>(arguments.keySet());
        List.of(known).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw wrong("this gate knows no argument " + String.join(", ", unknown) + " of " + verb);
        }
    }

    /**
     * Returns a text.
     *
     * @throws ControlException of kind {@link Kind#USAGE} when it is missing or no text
     */
    public String text(String name) throws ControlException {
        return optionalText(name).orElseThrow(() -> wrong(verb + " takes an argument " + name));
    }

    /**
     * Returns a text, if there is one.
     *
     * @throws ControlException of kind {@link Kind#USAGE} when it is no text
     */
    public Optional<String> optionalText(String name) throws ControlException {
        Object value = arguments.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw wrong("argument " + name + " of " + verb + " is a text");
    }

    /**
     * Returns a list of texts; empty when it is missing.
     *
     * @throws ControlException of kind {@link Kind#USAGE} when it is none
     */
    public List<String> texts(String name) throws ControlException {
        List<String> texts = new ArrayList<>();
        if (arguments.getOrDefault(name, List.of()) instanceof List<?> values) {
            for (Object value : values) {
                if (!(value instanceof String text)) {
                    throw wrong("argument " + name + " of " + verb + " holds texts only");
                }
                texts.add(text);
            }
            return List.copyOf(texts);
        }
        throw wrong("argument " + name + " of " + verb + " is a list of texts");
    }

    /**
     * Returns a boolean; false when it is missing.
     *
     * @throws ControlException of kind {@link Kind#USAGE} when it is none
     */
    public boolean flag(String name) throws ControlException {
        if (arguments.getOrDefault(name, false) instanceof Boolean flag) {
            return flag;
        }
        throw wrong("argument " + name + " of " + verb + " is true or false");
    }

    /**
     * Returns a whole number.
     *
     * @param otherwise what it is when it is missing
     * @throws ControlException of kind {@link Kind#USAGE} when it is none
     */
    public long number(String name, long otherwise) throws ControlException {
        Object value = arguments.getOrDefault(name, otherwise);
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw wrong("argument " + name + " of " + verb + " is a whole number");
    }

    private static ControlException wrong(String message) {
        return new ControlException(Kind.USAGE, message);
    }
}
