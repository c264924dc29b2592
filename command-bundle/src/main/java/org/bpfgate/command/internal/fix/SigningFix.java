package org.bpfgate.command.internal.fix;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.internal.context.ShellWord;
import org.bpfgate.command.internal.gate.GateOptions;
import org.bpfgate.command.internal.gate.Mode;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.signature.Contract;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;
import org.bpfgate.program.RelocationState;
import org.jspecify.annotations.Nullable;

/** The command that signs a program so that a condition of a rule holds. */
final class SigningFix {
    private static final String SIGNER = "bpf_signer=";

    private final GateOptions options;
    private final List<ProgramDecision> all;

    SigningFix(GateOptions options, List<ProgramDecision> all) {
        this.options = options;
        this.all = List.copyOf(all);
    }

    /**
     * Returns the command.
     *
     * @param condition the one that fails
     * @param decided the program
     * @param rule the rule with the condition
     * @return a line for a shell; null when no signature makes the condition hold
     */
    @Nullable
    String command(String condition, ProgramDecision decided, RuleTrial rule) {
        if (!condition.startsWith(SIGNER) && !isHornet(condition) && !isNative(condition)) {
            return null;
        }
        boolean onlyNative = rule.failing().stream().map(Condition::word).allMatch(SigningFix::isNative);
        String certificate = rule.failing().stream()
                .map(Condition::word)
                .filter(word -> word.startsWith(SIGNER))
                .findFirst()
                .map(word -> "  # CERT is the one with " + word.substring(SIGNER.length()))
                .orElse("");
        String command = sign(decided.program(), onlyNative ? Contract.LOADER : ofHornet(), rule);
        return command == null ? null : command + certificate;
    }

    private static boolean isHornet(String condition) {
        return condition.equals("bpf_signature=OK") || condition.equals("bpf_integrity=hornet:OK");
    }

    private static boolean isNative(String condition) {
        return condition.equals("bpf_integrity=native:OK");
    }

    private Contract ofHornet() {
        return options.mode() == Mode.COMPAT_V7 ? Contract.HORNET_V7 : Contract.HORNET;
    }

    private @Nullable String sign(FoundProgram program, Contract contract, RuleTrial rule) {
        if (program.program().instructions().state() == RelocationState.COMPLETE && isAlone(program)) {
            return sign(program.file(), contract, true);
        }
        return program.part().isPresent() && isForAnyProgram(rule) ? signSkeleton(program.file(), contract) : null;
    }

    private boolean isAlone(FoundProgram program) {
        return all.stream()
                        .filter(other -> other.program().file().equals(program.file()))
                        .count()
                == 1;
    }

    /** A light skeleton is another program than those in it, and no rule about theirs is about it. */
    private static boolean isForAnyProgram(RuleTrial rule) {
        return rule.conditions().stream().map(Condition::word).allMatch(SigningFix::isAboutSignatures);
    }

    private static boolean isAboutSignatures(String condition) {
        return condition.startsWith("bpf_signature=")
                || condition.startsWith("bpf_integrity=")
                || condition.startsWith("bpf_keyring=")
                || condition.startsWith("bpf_kernel=")
                || condition.startsWith(SIGNER);
    }

    private String signSkeleton(Path object, Contract contract) {
        String name = object.getFileName().toString();
        String stem = name.endsWith(".o") ? name.substring(0, name.length() - 2) : name;
        Path skeleton = object.resolveSibling(stem + ".lskel.h");
        return "bpftool gen skeleton -L " + ShellWord.of(object) + " > " + ShellWord.of(skeleton) + " && "
                + sign(skeleton, contract, false);
    }

    private String sign(Path file, Contract contract, boolean where) {
        String output = where && options.signature != null ? " -o " + ShellWord.of(options.signature) : "";
        return "bpfgate sign --key \"$KEY\" --cert \"$CERT\""
                + (contract == Contract.HORNET ? "" : " --contract " + contract) + output + " "
                + ShellWord.of(file);
    }
}
