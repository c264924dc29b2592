package org.bpfgate.command.internal.sign;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputFile;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.read.ProgramFiles;
import org.bpfgate.command.internal.signature.Contract;
import org.bpfgate.command.internal.signature.Signatures;
import org.bpfgate.integrity.ContentSigner;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfgate sign}: writes the signature that lets a program in, or signs a list or a policy. */
@Command(name = "sign", description = "Sign a program, a list of digests or a policy, so that this gate accepts it.")
public final class SignCommand implements Callable<Integer> {
    /** More than any data section of a real program; bounds what a wrong file can cost. */
    private static final int MAP_LIMIT = 64 << 20;

    /** More than the kernel's decoder takes in a message that carries its content, so that the signer can say so. */
    private static final int TEXT_LIMIT = 1 << 20;

    private final CommandContext context;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT",
            defaultValue = "hornet",
            description = "what the signature covers: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Contract contract = Contract.HORNET;

    @Option(
            names = "--map",
            paramLabel = "FILE",
            description = "initial contents of a frozen map that the signature covers too, besides those in a skeleton")
    private List<Path> maps = List.of();

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description =
                    "where to write (default: PROGRAM.p7s; for a manifest, which is whole in itself, PROGRAM.p7m); - is"
                            + " standard output")
    private @Nullable Path output;

    @Option(
            names = "--add",
            description = "add the signature to the message that is there, so that it has those of several signers")
    private boolean isAdded;

    @Mixin
    private TimeOption time = new TimeOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(
            paramLabel = "PROGRAM",
            description = "raw instructions (.insns, .bin), light skeleton (.lskel.h), ELF object with one program;"
                    + " for a manifest any text file")
    private Path program;

    SignCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        if (format.isJson() && OutputFile.isStandardOutput(target(""))) {
            throw new ParameterException(
                    spec.commandLine(), "--format json: standard output is taken by the signature; give -o FILE");
        }
        if (!maps.isEmpty() && !contract.coversMaps()) {
            throw new ParameterException(spec.commandLine(), "--map: the contract " + contract + " covers no maps");
        }
        if (time.isLeftOut() && !contract.hasTime()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--no-signing-time: a signature of the contract " + contract + " names no time");
        }
        if (isAdded && OutputFile.isStandardOutput(target(""))) {
            throw new ParameterException(
                    spec.commandLine(), "--add: the message is read from the file that it is written to; give -o FILE");
        }
        keys.check();
        if (contract == Contract.MANIFEST) {
            signText();
        } else {
            signProgram();
        }
        return ExitCode.OK;
    }

    private void signText() throws InputException {
        byte[] text = BoundedFile.read(program, TEXT_LIMIT);
        ContentSigner signer = service(ContentSigner.class);
        Path target = target(".p7m");
        if (!write(target, signed(target, request -> signer.sign(request, text)))) {
            report().text(program, target);
        }
    }

    private void signProgram() throws InputException {
        FoundProgram found = onlyProgram();
        List<byte[]> covered = covered(found);
        ProgramSigner signer = service(ProgramSigner.class);
        Instructions instructions = found.program().instructions();
        Path target = target(".p7s");
        byte[] signature = signed(target, request -> signer.sign(request, instructions, covered));
        Signatures.warnIfOversize(target, signature, context.console());
        if (!write(target, signature)) {
            report().program(found, contract, target, covered.size());
        }
    }

    private List<byte[]> covered(FoundProgram found) throws InputException {
        if (!contract.coversMaps()) {
            return List.of();
        }
        List<byte[]> covered = new ArrayList<>(found.maps());
        for (Path map : maps) {
            covered.add(BoundedFile.read(map, MAP_LIMIT));
        }
        return covered;
    }

    /** What comes from standard input goes to standard output, if nothing else is said. */
    private Path target(String extension) {
        if (output != null) {
            return output;
        }
        return context.console().input().isCopy(program)
                ? OutputFile.STANDARD_OUTPUT
                : program.resolveSibling(program.getFileName() + extension);
    }

    /** Returns whether standard output has the message, so that nothing else may be printed there. */
    private boolean write(Path target, byte[] message) throws InputException {
        boolean isStandardOutput = OutputFile.isStandardOutput(target);
        if (isStandardOutput) {
            context.console().write(message);
        } else {
            OutputFile.write(target, message);
        }
        return isStandardOutput;
    }

    private FoundProgram onlyProgram() throws InputException {
        List<InputException> unreadable = new ArrayList<>();
        List<FoundProgram> found = ProgramFiles.read(program, unreadable::add);
        int count = found.size() + unreadable.size();
        if (count > 1) {
            throw new InputException(
                    program, "holds " + count + " programs, and a signature covers one: sign a light skeleton of it");
        }
        Instructions instructions = found.getFirst().program().instructions();
        if (instructions.state() != RelocationState.COMPLETE) {
            throw new InputException(
                    program,
                    "cannot be signed, because a signature covers the instructions as loaded: "
                            + instructions.pendingReason());
        }
        return found.getFirst();
    }

    private <S> S service(Class<S> type) {
        return context.service(type, "(" + ProgramSigner.CONTRACT + "=" + contract + ")");
    }

    private SignReport report() {
        return new SignReport(format.format(), isAdded, context.console());
    }

    /** Makes a message as a request asks for it. */
    @FunctionalInterface
    private interface Message {
        byte[] by(SigningRequest request) throws SigningException;
    }

    private byte[] signed(Path target, Message message) throws InputException {
        SigningRequest request = time.in(
                SigningRequest.of(keys.identity(warning -> context.console().warning(warning))));
        if (isAdded) {
            request = request.addingTo(BoundedFile.read(target, TEXT_LIMIT));
        }
        try {
            return message.by(request);
        } catch (SigningException e) {
            // It names the file at fault, which is an input like the others.
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }
}
