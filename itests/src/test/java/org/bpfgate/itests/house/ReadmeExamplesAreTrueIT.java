package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What README.md and the pages on policies and enforcement show in {@code console} blocks happens: each block is one shell at the root of the source tree. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("kernel")
class ReadmeExamplesAreTrueIT {
    /** Separates the outputs of the commands; nothing else prints it. */
    private static final String MARK = "--8<-- end of the output --8<--";

    /** Pins of the programs that are loaded go to a file system of their own, and containers get control groups of version 2. */
    private static final String MOUNT = """
            mount -t bpf bpf /sys/fs/bpf
            umount -l /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup
            """;

    /** A directory or file for temporary files, or a pin, by its first name. */
    private static final Pattern PLACE = Pattern.compile("(/tmp|/sys/fs/bpf)/[A-Za-z0-9.-]+");

    private static final CommandLine SHELL = CommandLine.of("sh", "-c");

    /** Blocks that load programs, with {@code learn} or {@code run}, take more than the others. */
    @TestFactory
    @Order(1)
    Stream<DynamicTest> everyConsoleBlock() {
        Requires.command("openssl");
        return Stream.of("README.md", "docs/cli.md", "docs/policy-tools.md", "docs/allowlists.md", "docs/serve.md")
                .flatMap(page -> blocks(page, transcript -> !transcript.loadsPrograms(), SHELL, ""));
    }

    /** One of them uses a list that a block before it makes. */
    @TestFactory
    @Order(2)
    @LoadsPrograms
    Stream<DynamicTest> everyConsoleBlockThatLoadsPrograms() {
        CommandLine shell = loading();
        return Stream.of("README.md", "docs/cli.md", "docs/enforcing.md")
                .flatMap(page -> blocks(page, Transcript::loadsPrograms, shell, MOUNT));
    }

    /** A shell for commands that load programs, with mounts and a network of its own. */
    private static CommandLine loading() {
        Requires.that(
                "root".equals(System.getProperty("user.name")), "loading programs takes root, and this is not root");
        Requires.command("unshare");
        Requires.command("bpftool");
        return SHELL.under("unshare", "--mount", "--net");
    }

    private static Stream<DynamicTest> blocks(
            String page, Predicate<Transcript> which, CommandLine shell, String before) {
        List<Transcript> transcripts =
                Transcript.in(read(page)).stream().filter(which).toList();
        assertThat(transcripts).as(page).isNotEmpty();
        return transcripts.stream()
                .map(transcript -> DynamicTest.dynamicTest(page + ":" + transcript.line(), () -> {
                    requireClients(transcript);
                    assertTrue(transcript, run(transcript, shell, before));
                }));
    }

    /** So that an example can be run twice: what a page makes or pins, the page removes, where the reader sees it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/cli.md",
                "docs/policy-tools.md",
                "docs/allowlists.md",
                "docs/enforcing.md",
                "docs/serve.md"
            })
    void whatAPageMakesIsRemovedThere(String page) {
        Set<String> left = new TreeSet<>();
        for (Transcript transcript : Transcript.in(read(page))) {
            Set<String> pins = new TreeSet<>();
            for (Transcript.Step step : transcript.steps()) {
                boolean removes =
                        step.command().startsWith("rm ") && !step.command().contains("&&");
                boolean fails = step.output().stream().anyMatch(line -> line.contains("load failed"));
                Matcher place = PLACE.matcher(step.command());
                while (place.find()) {
                    boolean isPin = place.group().startsWith("/sys/");
                    Set<String> made = isPin ? pins : left;
                    if (removes) {
                        made.remove(place.group());
                    } else if (!isPin || !fails) {
                        made.add(place.group());
                    }
                }
            }
            // Each block has a file system for pins of its own when it is run here.
            assertThat(pins).as(page + ":" + transcript.line()).isEmpty();
        }
        assertThat(left).isEmpty();
    }

    private static void requireClients(Transcript transcript) {
        for (String client : List.of("bpftrace", "xdp-filter", "runc", "busybox")) {
            if (transcript.steps().stream().anyMatch(step -> step.command().contains(client))) {
                Requires.command(client);
            }
        }
    }

    private static String read(String page) {
        try {
            return Files.readString(Gate.root().resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertTrue(Transcript transcript, List<String> outputs) {
        assertThat(outputs)
                .as("one output for each command")
                .hasSize(transcript.steps().size());
        for (int i = 0; i < outputs.size(); i++) {
            Transcript.Step step = transcript.steps().get(i);
            List<String> actual = outputs.get(i).lines().toList();
            if (!step.shows(actual)) {
                assertThat(actual).as("$ %s", step.command()).isEqualTo(step.output());
            }
        }
    }

    /** The mark keeps the exit code of the command before it, so that {@code $ echo $?} shows it. */
    private static List<String> run(Transcript transcript, CommandLine shell, String before) {
        StringBuilder script = new StringBuilder("exec 2>&1\n").append(before);
        for (Transcript.Step step : transcript.steps()) {
            script.append(step.command())
                    .append("\nreadme_code=$?; echo '")
                    .append(MARK)
                    .append("'; (exit $readme_code)\n");
        }
        String output = shell.run(script).stdout();
        assertThat(output).as("the shell ran to its end").endsWith(MARK + "\n");
        // The limit keeps empty outputs; the one behind the last mark is none.
        List<String> parts = List.of(output.split(Pattern.quote(MARK + "\n"), -1));
        return parts.subList(0, parts.size() - 1);
    }
}
