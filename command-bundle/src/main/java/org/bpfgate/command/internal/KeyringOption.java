package org.bpfgate.command.internal;

import org.bpfgate.program.KeyringId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --keyring builtin|secondary|platform|user|ID}. */
final class KeyringOption implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
        return id(value);
    }

    static int id(String value) {
        return switch (value) {
            case "builtin" -> KeyringId.BUILTIN;
            case "secondary" -> KeyringId.SECONDARY;
            case "platform" -> KeyringId.PLATFORM;
            case "user" -> KeyringId.USER;
            default -> number(value);
        };
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "expected builtin, secondary, platform, user or a 32-bit number, but was '" + value + "'");
        }
    }
}
