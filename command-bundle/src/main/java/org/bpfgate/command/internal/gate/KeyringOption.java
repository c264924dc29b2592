package org.bpfgate.command.internal.gate;

import org.bpfgate.program.KeyringId;
import org.jspecify.annotations.Nullable;

/** Reads {@code --keyring builtin|secondary|platform|user|NAME|ID}. */
final class KeyringOption {
    private KeyringOption() {}

    /**
     * Finds a keyring.
     *
     * @param value a name or a number
     * @param present the keyrings with certificates, further user keyrings as {@code NAME=ID}
     * @return its number; null for a name that no keyring has
     */
    static @Nullable Integer id(String value, String... present) {
        return switch (value) {
            case "builtin" -> KeyringId.BUILTIN;
            case "secondary" -> KeyringId.SECONDARY;
            case "platform" -> KeyringId.PLATFORM;
            case "user" -> KeyringId.USER;
            default -> further(value, present);
        };
    }

    private static @Nullable Integer further(String value, String... present) {
        for (String keyring : present) {
            int equals = keyring.lastIndexOf('=');
            if (equals >= 0
                    && (keyring.equals(value) || keyring.substring(0, equals).equals(value))) {
                return number(keyring.substring(equals + 1));
            }
        }
        return number(value);
    }

    private static @Nullable Integer number(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
