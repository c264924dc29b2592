package org.bpfgate.command.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfgate.command.internal.check.CheckCommand;
import org.bpfgate.command.internal.check.TestCommand;
import org.bpfgate.command.internal.check.VerifyCommand;
import org.bpfgate.command.internal.pages.ManualPages;
import org.bpfgate.command.internal.run.MediateCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes manual pages and the completion for bash; the build of the distribution runs it. See decision 0036. */
public final class GeneratePages {
    private GeneratePages() {}

    /**
     * Writes the files.
     *
     * @param arguments the directory that gets {@code man/man1} and {@code bash-completion/completions}, and Maven's version
     */
    public static void main(String... arguments) throws IOException {
        Path share = Path.of(arguments[0]);
        CommandLine tree = BpfgateCommand.description();
        Path manual = Files.createDirectories(share.resolve("man/man1"));
        String version = "bpfgate " + arguments[1];
        Map<String, String> pages = ManualPages.of(tree, version, GeneratePages::exitCodes);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(manual.resolve(page.getKey()), page.getValue());
        }
        Path completions = Files.createDirectories(share.resolve("bash-completion/completions"));
        Files.writeString(completions.resolve("bpfgate"), AutoComplete.bash("bpfgate", tree));
    }

    /** The codes that every verb has, behind those of its own. */
    private static Map<String, String> exitCodes(CommandSpec command) {
        Map<String, String> codes = new LinkedHashMap<>();
        if (command.userObject() instanceof MediateCommand) {
            codes.put("125", "bpfgate did not run the command");
            codes.put("126", "the command cannot be executed");
            codes.put("127", "there is no such command");
            codes.put("other", "the exit code of the command");
            return codes;
        }
        codes.put("0", "everything is allowed, everything is fine");
        codes.put("1", "bpfgate itself failed, or standard output cannot be written");
        codes.put("2", "wrong usage");
        codes.put("3", "an input cannot be read, or a file cannot be written");
        if (command.userObject() instanceof VerifyCommand) {
            codes.put(
                    "11 to 17",
                    "a program that no verifier calls OK; its worst verdict was UNSIGNED 11, BADSIG 12,"
                            + " UNKNOWNKEY 13, PARTIALSIG 14, UNEXPECTED 15, FAULT 16, NONE 17");
        } else if (command.userObject() instanceof CheckCommand) {
            codes.put("10", "a program is denied");
        } else if (command.userObject() instanceof TestCommand) {
            codes.put("10", "a decision is not as expected");
        }
        return codes;
    }
}
