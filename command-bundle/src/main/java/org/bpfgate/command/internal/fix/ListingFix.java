package org.bpfgate.command.internal.fix;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListForm;
import org.bpfgate.command.internal.context.ShellWord;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.gate.TrustOptions;
import org.bpfgate.command.internal.io.StandardInput;
import org.bpfgate.command.internal.list.TextList;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;

/**
 * The command that lists a program so that the verifier {@code allowlist} calls it OK. It changes a list in use, in the way that its form
 * allows: a text is appended to, a compiled list is merged with the new entry, the text of a signed one is appended to and signed again.
 */
public final class ListingFix {
    private static final String ALLOWLIST = "allowlist";

    /** What only the user knows: a list of their own, where none that is in use can be changed. */
    private static final String OWN_LIST = "\"$ALLOWLIST\"";

    private final TrustOptions options;
    private final AllowlistCompiler compiler;
    private final StandardInput input;

    public ListingFix(TrustOptions options, AllowlistCompiler compiler, StandardInput input) {
        this.options = options;
        this.compiler = compiler;
        this.input = input;
    }

    /**
     * Returns the command, a line for a shell.
     *
     * @return null when no entry of a list helps: the digest is not known before the load, it is revoked, or a list is damaged
     */
    @Nullable
    String of(ProgramDecision decided) {
        BpfProgram program = decided.program().program();
        ProgramDigest digest = program.instructions().digest().orElse(null);
        if (digest == null || isHopeless(decided)) {
            return null;
        }
        // The echo of some shells takes a backslash for the beginning of something else.
        String entry = ShellWord.of(
                TextList.entry(digest, program.name(), program.type(), null).replace('\\', '_'));
        for (ListForm form : ListForm.values()) {
            Optional<Path> list = inUse(form);
            if (list.isPresent()) {
                return command(entry, list.get(), form);
            }
        }
        return options.mustListsBeSigned() ? signedAgain(entry, OWN_LIST) : "echo " + entry + " >> " + OWN_LIST;
    }

    private static boolean isHopeless(ProgramDecision decided) {
        return decided.decision().reports().stream()
                .filter(entry -> entry.verifier().name().equals(ALLOWLIST))
                .map(LoadDecision.Report::report)
                .anyMatch(ListingFix::isHopeless);
    }

    private static boolean isHopeless(IntegrityReport report) {
        return report.verdict() == IntegrityVerdict.FAULT
                || report.code().filter("revoked"::equals).isPresent();
    }

    /** Returns the first list of a form that an entry can be brought into; one that is not valid now lets nothing in. */
    private Optional<Path> inUse(ListForm form) {
        return options.listsInUse().stream()
                .filter(list -> !input.isCopy(list))
                .filter(list -> isOf(form, list))
                .findFirst();
    }

    private boolean isOf(ListForm form, Path list) {
        try {
            return compiler.form(list) == form && compiler.countsNow(list);
        } catch (ListException e) {
            return false;
        }
    }

    private static String command(String entry, Path list, ListForm form) {
        String file = ShellWord.of(list);
        return switch (form) {
            case TEXT -> (endsLine(list) ? "echo " : "printf '\\n%s\\n' ") + entry + " >> " + file;
            case COMPILED -> "echo " + entry + " | bpfgate allowlist merge -o " + file + " " + file + " -";
            case MANIFEST -> signedAgain(entry, file);
        };
    }

    /** The text is not beside the signed list, and nobody but the user has the key. */
    private static String signedAgain(String entry, String list) {
        return "echo " + entry
                + " >> \"$LIST_TEXT\" && bpfgate sign --contract manifest --key \"$KEY\" --cert \"$CERT\" -o " + list
                + " \"$LIST_TEXT\"";
    }

    /** A list that was edited may lack the last line feed, and two lines must not become one. */
    private static boolean endsLine(Path list) {
        try (RandomAccessFile file = new RandomAccessFile(list.toFile(), "r")) {
            if (Files.size(list) == 0) {
                return true;
            }
            file.seek(file.length() - 1);
            return file.read() == '\n';
        } catch (IOException e) {
            return true;
        }
    }
}
