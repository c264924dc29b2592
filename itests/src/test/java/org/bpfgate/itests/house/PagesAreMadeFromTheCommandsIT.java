package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The distribution has a manual page for every command, and completion for bash, with the words that the commands have. */
class PagesAreMadeFromTheCommandsIT {
    private static final Path SHARE = Gate.installation().resolve("share");
    private static final Pattern VERB = Pattern.compile("^  ([a-z]+)  ", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z-]+[a-z]");

    @TestFactory
    Stream<DynamicTest> everyVerbHasAPageWithItsOptions() {
        return verbs("").stream()
                .flatMap(verb -> Stream.concat(
                        Stream.of(verb),
                        List.of("policy", "allowlist").contains(verb) ? verbs(verb).stream() : Stream.of()))
                .map(verb -> DynamicTest.dynamicTest(verb, () -> assertPage(verb)));
    }

    private static List<String> verbs(String above) {
        String help = help(above);
        return VERB.matcher(help)
                .results()
                .map(found -> (above + " " + found.group(1)).strip())
                .toList();
    }

    private static String help(String verb) {
        return CommandLine.bpfgate()
                .and((Object[]) (verb + " --help").strip().split(" ", -1))
                .run()
                .stdout();
    }

    private static void assertPage(String verb) throws IOException {
        String page = Files.readString(SHARE.resolve("man/man1/bpfgate-" + verb.replace(' ', '-') + ".1"));
        String plain = page.replace("\\-", "-");
        assertThat(plain).contains(".SH NAME", ".SH SYNOPSIS", ".SH EXIT STATUS");
        assertThat(OPTION.matcher(help(verb)).results().map(found -> found.group()))
                .isNotEmpty()
                .allMatch(plain::contains);
    }

    @Test
    void thePagesHaveNoFaults() {
        Requires.command("groff");
        CommandLine.Result result = CommandLine.of("sh", "-c")
                .run("for page in " + SHARE + "/man/man1/*.1; do groff -man -Tutf8 -ww -z \"$page\" || exit; done");
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void bashCompletesVerbsOptionsAndValues() {
        Requires.command("bash");
        assertThat(completed("bpfgate ch")).containsExactly("check");
        assertThat(completed("bpfgate policy li")).containsExactlyInAnyOrder("lint", "list");
        assertThat(completed("bpfgate policy lint --dia")).contains("--dialect");
        assertThat(completed("bpfgate test --format j")).containsExactlyInAnyOrder("json", "junit");
    }

    private static List<String> completed(String line) {
        String script = "compopt() { :; }; . \"$0\"; COMP_WORDS=(" + line + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
                + "_complete_bpfgate; printf '%s\\n' \"${COMPREPLY[@]}\"";
        CommandLine.Result result =
                CommandLine.of("bash", "-c", script).run(SHARE.resolve("bash-completion/completions/bpfgate"));
        return result.stdout().lines().map(String::strip).toList();
    }
}
