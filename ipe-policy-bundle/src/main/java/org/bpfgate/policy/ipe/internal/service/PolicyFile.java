package org.bpfgate.policy.ipe.internal.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.store.PolicyReader;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads a policy from a file. */
public final class PolicyFile {
    static final int MAX_SIZE = PolicyReader.MAX_SIZE;

    private PolicyFile() {}

    /** Reads a policy where nobody verifies signed ones. */
    public static Policy read(String name, @Nullable Dialect dialect) throws PolicyFileException {
        return read(name, dialect, () -> null);
    }

    /**
     * Reads a policy.
     *
     * @param name the path of a regular file, or of a link to one
     * @param dialect the vocabulary; null to let the policy name it
     * @param signatures gives the service that verifies signed policies
     * @throws PolicyFileException when there is no such file, it cannot be read, it is too large, or it holds no policy
     */
    public static Policy read(
            String name, @Nullable Dialect dialect, Supplier<@Nullable SignedContentReader> signatures)
            throws PolicyFileException {
        byte[] text = text(name, signatures);
        try {
            return dialect == null ? PolicyParser.parse(text) : PolicyParser.parse(text, dialect);
        } catch (PolicySyntaxException e) {
            throw new PolicyFileException(
                    name + ":" + e.line() + ":" + e.column() + ": " + e.getMessage() + " (" + e.errno() + ")", e);
        }
    }

    private static byte[] text(String name, Supplier<@Nullable SignedContentReader> signatures)
            throws PolicyFileException {
        try {
            return new PolicyReader(signatures, null).text(bytes(name));
        } catch (PolicyException e) {
            String message = name + ": " + e.getMessage() + " (" + e.errno() + ")";
            throw e.errno() == Errno.ENOPKG
                    ? PolicyFileException.notYet(message, e)
                    : new PolicyFileException(message, e);
        }
    }

    private static byte[] bytes(String name) throws PolicyFileException {
        try {
            return bytes(Path.of(name));
        } catch (InvalidPathException e) {
            throw new PolicyFileException("the path of the policy is not a path: " + e.getReason(), e);
        } catch (IOException e) {
            throw new PolicyFileException(name + ": " + describe(e), e);
        }
    }

    /** Whatever blocks or has no end, such as a FIFO or a device, is refused before it is opened. */
    private static byte[] bytes(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] text = in.readNBytes(MAX_SIZE + 1);
            if (text.length > MAX_SIZE) {
                throw new IOException("larger than 32 MiB");
            }
            return text;
        }
    }

    private static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? "cannot be read" : reason;
    }
}
