package org.bpfgate.command.internal.signature;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.jspecify.annotations.Nullable;

/** Finds the signature that goes with a program: the one given, else the file beside it, else the one inside its file. */
public final class Signatures {
    /** A CMS message with one signer is about 1 KiB; the kernel takes 8 KiB, and nobody signs with a mebibyte. */
    private static final int LIMIT = 1 << 20;

    /** {@code KMALLOC_MAX_CACHE_SIZE} with pages of 4 KiB: a load with a larger signature ends with EINVAL. */
    private static final int LOAD_LIMIT = 8192;

    private Signatures() {}

    /** Warns of a signature that no load can carry. */
    public static void warnIfOversize(Path holder, byte[] signature, Console console) {
        if (signature.length > LOAD_LIMIT) {
            console.warning(holder + ": the signature has " + signature.length + " bytes, and a load with more than "
                    + LOAD_LIMIT + " is refused with EINVAL, by the kernel and by bpfgate run");
        }
    }

    /**
     * Finds the signature of a program.
     *
     * @param given the file of {@code --signature}, if there is one
     * @throws InputException when the file that holds it cannot be read or is too large
     */
    public static Optional<byte[]> of(FoundProgram program, @Nullable Path given) throws InputException {
        if (given != null) {
            return Optional.of(BoundedFile.read(given, LIMIT));
        }
        Path sidecar = sidecar(program.file());
        return Files.exists(sidecar) ? Optional.of(BoundedFile.read(sidecar, LIMIT)) : program.signature();
    }

    /** The file beside a program that holds its signature. */
    static Path sidecar(Path program) {
        return program.resolveSibling(program.getFileName() + ".p7s");
    }
}
