package org.bpfgate.command.internal.gate;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.internal.context.ShellWord;
import org.bpfgate.command.internal.context.UsageFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a verb that reads programs from files: whom and what to trust, and what goes with the load. */
public final class GateOptions extends TrustOptions {
    @Option(
            names = "--keyring",
            paramLabel = "KEYRING",
            description = "keyring that the load asks for: builtin, secondary, platform, user, the NAME of another"
                    + " or a number (default: user, or the only one that has certificates)")
    private @Nullable String keyring;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "signature of the program (default: PROGRAM.p7s, or the one in the skeleton header)")
    @Nullable
    public Path signature;

    /** Is asked about what was given and then about what was found in it: one of two may be unreadable, and one file may hold two. */
    void requireOneForSignature(int programs) {
        if (signature != null && programs > 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--signature goes with one program, and here are " + programs);
        }
    }

    /** Returns the present command line, to be given to a shell, so that the load asks for another keyring. */
    public String commandWithKeyring(String other) {
        StringBuilder command = new StringBuilder("bpfgate");
        List<String> words = spec.root().commandLine().getParseResult().originalArgs();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--keyring")) {
                i++;
            } else if (!words.get(i).startsWith("--keyring=")) {
                command.append(' ').append(ShellWord.of(words.get(i)));
            }
        }
        return command.append(" --keyring ").append(other).toString();
    }

    /** Returns the keyring that the load asks for. */
    int keyring(Gate gate) {
        if (keyring == null) {
            return gate.defaultKeyring();
        }
        Integer found = gate.keyring(keyring);
        if (found == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--keyring': expected builtin, secondary, platform, user, the name of a"
                            + " keyring or a 32-bit number, but was '" + keyring + "'"
                            + UsageFault.didYouMean(keyring, List.of("builtin", "secondary", "platform", "user")));
        }
        return found;
    }
}
