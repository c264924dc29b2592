package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Libxdp;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageErrorsExitWith2IT {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                          | a command is missing
            frobnicate                                  | frobnicate
            --frobnicate                                | --frobnicate
            check                                       | PROGRAM
            verify                                      | PROGRAM
            test                                        | DIR
            sign                                        | PROGRAM
            sign a.insns                                | --key
            sign --key k --signer c a.insns             | --signer
            sign --key KEY                              | PROGRAM
            sign --key KEY --cert CERT                  | PROGRAM
            sign --key KEY --cert CERT a.insns b.insns  | b.insns
            check --policy                              | --policy
            check --frobnicate a.insns                  | --frobnicate
            verify --policy p.ipe a.insns               | --policy
            check --keyring moon a.insns                | --keyring
            verify --keyring 99999999999 a.insns        | --keyring
            check --format yaml a.insns                 | --format
            test --format yaml examples/quickstart      | --format
            check --signature s.p7s a.insns b.insns     | --signature
            policy                                      | lint, explain, diff, compile
            policy lint                                 | POLICY
            policy lint --dialect ops10 a.ipe           | --dialect
            policy lint --format yaml a.ipe             | --format
            policy explain a.ipe                        | PROGRAM
            policy diff a.ipe                           | OTHER
            policy compile --format json a.ipe          | --format
            allowlist                                   | build, merge, remove, diff, query
            allowlist build a.insns                     | -o
            allowlist diff LIST                         | AFTER
            allowlist query LIST                        | WHAT
            allowlist query LIST 00                     | digest
            allowlist query LIST sha512:00              | digest
            allowlist remove -o OUT LIST xdp_count      | DIGEST
            allowlist query --format yaml LIST 00       | --format
            verify --signature s.p7s a.insns a.insns    | --signature
            status --root /tmp                          | comes before the command
            """)
    void aWrongCommandLineIsToldApartFromABadInput(String arguments, String named) {
        CommandLine.Result result = CommandLine.bpfgate().run(words(arguments));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.diagnostics()).hasSize(2);
        assertThat(result.diagnostics().get(0)).startsWith("bpfgate: ").contains(named);
        assertThat(result.diagnostics().get(1)).matches("Try 'bpfgate( [a-z]+){0,2} --help'\\.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chek a.insns                    | check
            polciy lint a.ipe               | policy
            policy lnt a.ipe                | lint
            check --polcy p.ipe a.insns     | --policy
            check --fromat=json a.insns     | --format
            check --format jsn a.insns      | json
            check --mode compat-7 a.insns   | compat-v7
            sign --contract hornett --key k a.insns | hornet
            policy lint --dialect ops77 a.ipe | ops7
            check --keyring usr a.insns     | user
            check --color allways a.insns   | always
            """)
    void aSlipIsToldWithTheWordThatWasMeant(String arguments, String meant) {
        CommandLine.Result result = CommandLine.bpfgate().run(words(arguments));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.diagnostics().get(0)).endsWith("; did you mean '" + meant + "'?");
    }

    /** Not the names of constants. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check --mode x a.insns          | expected compat-n, compat-v7 or strict, but was 'x'
            check --format x a.insns        | expected text or json, but was 'x'
            test --format x a               | expected text, json or junit, but was 'x'
            sign --contract x --key k a     | expected hornet, hornet-v7, loader, metadata or manifest, but was 'x'
            """)
    void valuesAreShownAsTheyAreTyped(String arguments, String told) {
        assertThat(CommandLine.bpfgate().run(words(arguments)).diagnostics().get(0))
                .endsWith(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdpdump_bpf.o", ""})
    void oneSignatureIsNotForSeveralProgramsInOneArgument(String name) {
        Libxdp.require();
        CommandLine.Result result = CommandLine.bpfgate()
                .run("check", "--signature", Quickstart.program("drop_ping.insns.p7s"), Libxdp.object(name));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).contains("--signature goes with one program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "check", "verify", "test", "sign"})
    void helpIsAResultAndNamesTheVerb(String verb) {
        CommandLine.Result result = CommandLine.bpfgate().run(words((verb + " --help").strip()));
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).startsWith(("Usage: bpfgate " + verb).strip() + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "check", "verify", "test", "sign"})
    void everyVerbTellsTheVersion(String verb) {
        CommandLine.Result result = CommandLine.bpfgate().run(words((verb + " --version").strip()));
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).isEqualTo("bpfgate " + version() + "\n");
    }

    /** That of the build, with its qualifier: a snapshot is no release. */
    private static String version() {
        return System.getProperty("bpfgate.version");
    }

    private static Object[] words(String arguments) {
        return Stream.of(arguments.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toArray();
    }
}
