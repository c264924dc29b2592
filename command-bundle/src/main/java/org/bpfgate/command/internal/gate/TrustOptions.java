package org.bpfgate.command.internal.gate;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.Home;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whom and what to trust; what is not given comes from the installation's {@code conf} folder. */
public class TrustOptions {
    @Option(
            names = "--trust",
            paramLabel = "PATH",
            description = "certificates to trust, PEM or DER: a file, or a directory of them"
                    + " (sub-directories builtin, secondary, platform and NAME=NUMBER are those keyrings)")
    private @Nullable List<Path> trust;

    @Option(
            names = "--allowlist",
            paramLabel = "PATH",
            description = "list of program digests to let in: text, compiled, or a signed manifest")
    private @Nullable List<Path> allowlists;

    @Option(
            names = "--revocations",
            paramLabel = "PATH",
            description = "list of program digests that no list lets in; of the same forms")
    private @Nullable List<Path> revocations;

    @Option(names = "--signed-lists", description = "take no list that is not a signed manifest")
    private boolean mustBeSigned;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "compat-n",
            description = "how hornet judges signatures: compat-n, compat-v7 or strict (default: compat-n)")
    private Mode mode = Mode.COMPAT_N;

    private List<Path> inUse = List.of();

    /** Returns how hornet judges signatures. */
    public final Mode mode() {
        return mode;
    }

    /** Returns the lists of programs to let in that {@link #configure} has brought into use. */
    public final List<Path> listsInUse() {
        return inUse;
    }

    /** Returns whether a list counts only when it is signed. */
    public final boolean mustListsBeSigned() {
        return mustBeSigned;
    }

    /** Configures the verifiers, and tells what to know about the lists. */
    public final void configure(Gate gate, Home home, Console console) throws InputException {
        gate.trust(home.orInstalled(trust, "trust"), mode, console);
        inUse = List.copyOf(home.orInstalled(allowlists, "allowlist"));
        gate.trustLists(inUse, home.orInstalled(revocations, "revocations"), mustBeSigned);
        gate.listWarnings().forEach(console::warning);
    }
}
