package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningKey;

/**
 * Signs with a command, such as the client of a key management service. It gets what is to be signed on standard input, gives the
 * signature on standard output, and talks to the user on standard error.
 */
final class SigningCommand implements PrivateOperation {
    /** More than any signature: ML-DSA-87 has 4,627 bytes. */
    private static final int MOST_OUTPUT = 16 << 10;

    private final SigningKey.ByCommand command;

    SigningCommand(SigningKey.ByCommand command) {
        this.command = command;
    }

    @Override
    public byte[] sign(byte[] data) throws SigningException {
        Process process = start();
        try {
            CompletableFuture<byte[]> output = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> read(process, output));
            Thread.ofVirtual().start(() -> write(process, data));
            long end = System.nanoTime() + command.limit().toNanos();
            byte[] signature = output.get(command.limit().toNanos(), TimeUnit.NANOSECONDS);
            if (signature.length > MOST_OUTPUT) {
                throw fault("wrote more than " + MOST_OUTPUT + " bytes, which is no signature");
            }
            if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw late();
            }
            if (process.exitValue() != 0) {
                throw fault("ended with exit code " + process.exitValue());
            }
            if (signature.length == 0) {
                throw fault("wrote no signature to its standard output");
            }
            return signature;
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw fault("its output cannot be read: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault("was interrupted");
        } finally {
            end(process);
        }
    }

    /** The shell first, which would tell the user that a process of its was killed. */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private Process start() throws SigningException {
        try {
            return new ProcessBuilder("/bin/sh", "-c", command.command())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw fault("cannot be started: " + e.getMessage());
        }
    }

    private static void read(Process process, CompletableFuture<byte[]> output) {
        try {
            output.complete(process.getInputStream().readNBytes(MOST_OUTPUT + 1));
        } catch (IOException | RuntimeException e) {
            output.completeExceptionally(e);
        }
    }

    private static void write(Process process, byte[] data) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(Arrays.copyOf(data, data.length));
        } catch (IOException e) {
            // A command that ends without reading tells what is wrong by its exit code or its output.
        }
    }

    private SigningException late() {
        return fault("did not end within " + command.limit().toSeconds() + " s (--signer-timeout SECONDS)");
    }

    private SigningException fault(String what) {
        return new SigningException("the command \"" + command + "\" " + what);
    }
}
