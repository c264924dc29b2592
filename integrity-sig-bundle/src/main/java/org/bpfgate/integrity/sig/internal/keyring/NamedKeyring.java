package org.bpfgate.integrity.sig.internal.keyring;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.program.KeyringId;
import org.jspecify.annotations.Nullable;

/**
 * The name and the number of a further user keyring, which its directory has as {@code NAME=NUMBER}.
 *
 * @param name for people
 * @param id the {@code attr.keyring_id} by which loads ask for it: such as the serial of the kernel's keyring that it stands
 *     for, or -3, {@code KEY_SPEC_SESSION_KEYRING}
 */
record NamedKeyring(String name, int id) {
    NamedKeyring {
        Objects.requireNonNull(name);
    }

    /**
     * Reads the name of a directory.
     *
     * @return null when it has no {@code =} and so is no keyring
     * @throws InputFileException when the number is none, or one that has a fixed meaning
     */
    static @Nullable NamedKeyring of(Path directory) throws InputFileException {
        String text = String.valueOf(directory.getFileName());
        int equals = text.lastIndexOf('=');
        if (equals < 0) {
            return null;
        }
        String name = text.substring(0, equals);
        if (name.isEmpty() || isTaken(name)) {
            throw new InputFileException(directory, "a keyring needs a name of its own before the '='");
        }
        return new NamedKeyring(name, id(directory, text.substring(equals + 1)));
    }

    private static boolean isTaken(String name) {
        for (KeyringName fixed : KeyringName.values()) {
            if (fixed.text().equals(name.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static int id(Path directory, String digits) throws InputFileException {
        try {
            int id = Integer.parseInt(digits);
            if (id != KeyringId.USER && (id < KeyringId.BUILTIN || id > KeyringId.PLATFORM)) {
                return id;
            }
            throw new InputFileException(directory, "the number " + id + " belongs to another keyring");
        } catch (NumberFormatException e) {
            throw new InputFileException(directory, "'" + digits + "' is not a 32-bit number");
        }
    }

    /** Returns the form that the directory has. */
    @Override
    public String toString() {
        return name + "=" + id;
    }
}
