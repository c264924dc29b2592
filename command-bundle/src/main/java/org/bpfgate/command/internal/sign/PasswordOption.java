package org.bpfgate.command.internal.sign;

import java.io.Console;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the password of a key comes from: a file, or whoever sits at the terminal. Never the command line, which every
 * process of the machine can read.
 */
final class PasswordOption implements PasswordSource {
    /** Nobody's password is longer; whoever names a larger file has named the wrong one. */
    private static final int LIMIT = 1024;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "its first line is the password of the key, or the PIN of the token (default: asked for on the terminal)")
    private @Nullable Path file;

    @Override
    public char[] password(SigningKey key) throws SigningException {
        return file == null ? ask(key) : firstLine(file);
    }

    private static char[] ask(SigningKey key) throws SigningException {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s of %s: ", isOnToken(key) ? "PIN" : "Password", key))
                .orElseThrow(() -> new SigningException(key + (isOnToken(key) ? ": wants a PIN" : ": is encrypted")
                        + ": give --password-file, or run this on a terminal"));
    }

    private static boolean isOnToken(SigningKey key) {
        return key instanceof SigningKey.OnToken;
    }

    private static char[] firstLine(Path file) throws SigningException {
        try {
            byte[] bytes = BoundedFile.read(file, LIMIT);
            CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            Arrays.fill(bytes, (byte) 0);
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            char[] password = new char[end];
            text.get(password);
            Arrays.fill(text.array(), '\0');
            return password;
        } catch (InputException e) {
            throw new SigningException(String.valueOf(e.getMessage()), e);
        }
    }
}
