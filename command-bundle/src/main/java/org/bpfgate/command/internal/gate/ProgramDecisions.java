package org.bpfgate.command.internal.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.AppendedSignature;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.read.ProgramCollector;
import org.bpfgate.command.internal.read.ProgramFiles;
import org.bpfgate.command.internal.signature.Signatures;
import org.bpfgate.integrity.IntegrityVerdict;

/** Reads the programs that a verb is given and has the stack decide on each; what cannot be read is told and left out. */
public final class ProgramDecisions {
    private final Gate gate;
    private final GateOptions options;
    private final Console console;
    private final Requester requester;

    public ProgramDecisions(Gate gate, GateOptions options, Console console, Requester requester) {
        this.requester = requester;
        this.gate = gate;
        this.options = options;
        this.console = console;
    }

    /** Decides on every program that can be read. */
    public List<ProgramDecision> on(List<Path> programs) {
        options.requireOneForSignature(programs.size());
        int keyring = options.keyring(gate);
        List<FoundProgram> found = read(programs);
        options.requireOneForSignature(found.size());
        List<ProgramDecision> decisions = new ArrayList<>();
        for (FoundProgram program : found) {
            try {
                Optional<byte[]> signature = Signatures.of(program, options.signature);
                signature.ifPresent(bytes -> Signatures.warnIfOversize(program.file(), bytes, console));
                ProgramDecision decided = gate.decide(program, signature, keyring, requester);
                decisions.add(signature.isEmpty() ? decided : explained(decided, signature.get(), keyring, found));
                if (SkeletonLoader.isOnlyListed(decided)) {
                    console.warning(program.label() + ": " + SkeletonLoader.WARNING);
                }
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        return decisions;
    }

    /** A signature that was made over something else is told so, in place of what the verifiers make of it. */
    private ProgramDecision explained(ProgramDecision decided, byte[] signature, int keyring, List<FoundProgram> all) {
        if (decided.withVerdict(IntegrityVerdict.BADSIG).isEmpty()) {
            return decided;
        }
        boolean isAlone = all.stream()
                        .filter(other -> other.file().equals(decided.program().file()))
                        .count()
                == 1;
        return gate.signedSubject(keyring)
                .explain(decided.program(), signature, isAlone)
                .map(decided::withReasonOfBadSignatures)
                .orElse(decided);
    }

    private List<FoundProgram> read(List<Path> programs) {
        List<FoundProgram> found = new ArrayList<>();
        for (Path given : programs) {
            try {
                ProgramFiles.readAll(given, new ProgramCollector(console, found::add));
            } catch (InputException e) {
                console.badInput(e);
            }
        }
        found.stream().map(FoundProgram::file).distinct().forEach(this::warnOfAppended);
        return found;
    }

    private void warnOfAppended(Path file) {
        if (AppendedSignature.isOn(file)) {
            console.warning(
                    file + ": has an appended module signature, which no loader of BPF programs reads; sign a light"
                            + " skeleton of the object (bpftool gen skeleton -L), or list its programs (bpfgate allowlist build)");
        }
    }
}
