package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What README.md shows in {@code console} blocks happens: each block is one shell at the root of the source tree. */
class ReadmeExamplesAreTrueIT {
    /** Separates the outputs of the commands; nothing else prints it. */
    private static final String MARK = "--8<-- end of the output --8<--";

    @TestFactory
    Stream<DynamicTest> everyConsoleBlock() throws IOException {
        List<Transcript> transcripts =
                Transcript.in(Files.readString(Gate.root().resolve("README.md")));
        assertThat(transcripts).isNotEmpty();
        return transcripts.stream()
                .map(transcript ->
                        DynamicTest.dynamicTest("README.md:" + transcript.line(), () -> assertTrue(transcript)));
    }

    private static void assertTrue(Transcript transcript) {
        List<String> outputs = run(transcript);
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
    private static List<String> run(Transcript transcript) {
        StringBuilder script = new StringBuilder("exec 2>&1\n");
        for (Transcript.Step step : transcript.steps()) {
            script.append(step.command())
                    .append("\nreadme_code=$?; echo '")
                    .append(MARK)
                    .append("'; (exit $readme_code)\n");
        }
        String output = CommandLine.of("sh", "-c").run(script).stdout();
        assertThat(output).as("the shell ran to its end").endsWith(MARK + "\n");
        // The limit keeps empty outputs; the one behind the last mark is none.
        List<String> parts = List.of(output.split(Pattern.quote(MARK + "\n"), -1));
        return parts.subList(0, parts.size() - 1);
    }
}
