package org.bpfgate.command.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.command.read.internal.BoundedFile;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.command.read.internal.ProgramFiles;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code bpfgate sign}: writes the signature that lets a program in. */
@Command(name = "sign", description = "Sign a program, so that this gate accepts it.")
final class SignCommand implements Callable<Integer> {
    /** More than any data section of a real program; bounds what a wrong file can cost. */
    private static final int MAP_LIMIT = 64 << 20;

    @ParentCommand
    private BpfgateCommand bpfgate;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "private key, PEM")
    private Path key;

    @Option(names = "--cert", required = true, paramLabel = "FILE", description = "certificate, PEM or DER")
    private Path certificate;

    @Option(
            names = "--map",
            paramLabel = "FILE",
            description = "initial contents of a frozen map that the signature covers too, besides those in a skeleton")
    private List<Path> maps = List.of();

    @Option(names = "-o", paramLabel = "FILE", description = "where to write (default: PROGRAM.p7s)")
    private @Nullable Path output;

    @Option(names = "--format", description = "text or json", defaultValue = "text")
    private Format format = Format.TEXT;

    @Parameters(
            paramLabel = "PROGRAM",
            description = "raw instructions (.insns, .bin), light skeleton (.lskel.h), or ELF object with one program")
    private Path program;

    @Override
    public Integer call() throws InputException {
        FoundProgram found = onlyProgram();
        List<byte[]> covered = new ArrayList<>(found.maps());
        for (Path map : maps) {
            covered.add(BoundedFile.read(map, MAP_LIMIT));
        }
        Path target = output == null ? Signatures.sidecar(program) : output;
        write(target, sign(found.program().instructions(), covered));
        if (format == Format.JSON) {
            JsonReport.signed(found, target, covered.size(), bpfgate.console().out());
        } else {
            bpfgate.console()
                    .out()
                    .println(target + ": signature of " + found.label() + " and " + covered.size() + " map(s)");
        }
        return ExitCode.OK;
    }

    private FoundProgram onlyProgram() throws InputException {
        List<FoundProgram> found = ProgramFiles.read(program);
        if (found.size() > 1) {
            throw new InputException(
                    program,
                    "holds " + found.size() + " programs, and a signature covers one: sign a light skeleton of it");
        }
        return found.getFirst();
    }

    private byte[] sign(Instructions instructions, List<byte[]> covered) throws InputException {
        if (instructions.state() != RelocationState.COMPLETE) {
            throw new InputException(
                    program,
                    "cannot be signed, because a signature covers the instructions as loaded: "
                            + instructions.pendingReason());
        }
        ProgramSigner signer =
                Services.get(bpfgate.context(), ProgramSigner.class, "(" + ProgramSigner.CONTRACT + "=hornet)");
        try {
            return signer.sign(key, certificate, instructions, covered);
        } catch (SigningException e) {
            // It names the file at fault, which is an input like the others.
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    /** Renames into place, so that nobody ever reads half a signature. */
    private static void write(Path target, byte[] signature) throws InputException {
        Path directory = target.toAbsolutePath().getParent();
        try {
            Path draft = Files.createTempFile(directory, "." + target.getFileName(), ".new");
            try {
                Files.write(draft, signature);
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new InputException(target, "cannot be written");
        }
    }
}
