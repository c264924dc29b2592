package org.bpfgate.integrity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Where a private key is, and what makes signatures with it. */
public sealed interface SigningKey {
    /**
     * A key in a file.
     *
     * @param path a file in PEM, DER or PKCS#12; encrypted or not
     */
    record InFile(Path path) implements SigningKey {
        /** Refuses null. */
        public InFile {
            Objects.requireNonNull(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A key that never leaves a token, such as a smart card or a hardware security module.
     *
     * @param uri a PKCS#11 URI (RFC 7512)
     */
    record OnToken(String uri) implements SigningKey {
        /** Refuses null. */
        public OnToken {
            Objects.requireNonNull(uri);
        }

        @Override
        public String toString() {
            return uri;
        }
    }

    /**
     * A key that only a command reaches, such as the client of a key management service.
     *
     * @param command a line for {@code /bin/sh}; reads what is to be signed from its standard input, and writes the signature to its
     *     standard output
     * @param limit how long it may take; it is ended then
     */
    record ByCommand(String command, Duration limit) implements SigningKey {
        /** Refuses nulls. */
        public ByCommand {
            Objects.requireNonNull(command);
            Objects.requireNonNull(limit);
        }

        @Override
        public String toString() {
            return command;
        }
    }
}
