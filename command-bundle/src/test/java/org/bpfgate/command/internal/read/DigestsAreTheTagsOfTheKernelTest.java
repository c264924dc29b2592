package org.bpfgate.command.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads real objects with bpftool into the running kernel and compares the tags that it reports. */
@Tag("kernel")
class DigestsAreTheTagsOfTheKernelTest {
    private static final Path LIBXDP = Path.of("/usr/lib/x86_64-linux-gnu/bpf");

    /** Mounts a bpffs in a mount namespace of its own, loads $1, and prints each tag. */
    private static final String LOAD = """
            PATH="$PATH:/usr/sbin:/sbin"
            fs=/sys/fs/bpf
            mount -t bpf bpf $fs && bpftool prog loadall "$1" $fs/all || exit 1
            for program in $fs/all/*; do
                echo "pinned ${program##*/}"
                bpftool prog show pinned "$program" || exit 1
            done
            """;

    private static final Pattern SHOWN = Pattern.compile("pinned (\\S+)\\n.* tag ([0-9a-f]{16})");

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsAKernelThatTakesPrograms(@TempDir Path directory) {
        assumeTrue(Tool.isInstalled("bpftool"), "bpftool is not installed");
        assumeTrue(Tool.isInstalled("unshare"), "unshare is not installed");
        Tool.Result trial = load(directory, Sample.file("tiny.bpf.o"));
        assumeTrue(trial.exitCode() == 0, "this machine does not load BPF programs: " + trial.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings.bpf.o", "tiny.bpf.o"})
    void forCompiledObjects(String name) throws Exception {
        assertTagsOf(Sample.file(name));
    }

    @ParameterizedTest
    @MethodSource("objectsOfLibxdp")
    void forObjectsOfLibxdp(Path object) throws Exception {
        assertTagsOf(object);
    }

    @Test
    void forSubprogramsCallbacksAndAProgramThatIsNotLoadedUnasked() throws Exception {
        // The kernel is shown the same object with the question mark taken out of the name of the section.
        String text = new String(Sample.bytes("calls.bpf.o"), StandardCharsets.ISO_8859_1);
        Path object = directory.resolve("asked.o");
        Files.writeString(object, text.replace("?socket\0", "socket\0\0"), StandardCharsets.ISO_8859_1);
        assertThat(kernelTags(object)).hasSize(5).isEqualTo(tags(Sample.file("calls.bpf.o")));
    }

    static Stream<Path> objectsOfLibxdp() throws IOException {
        if (!Files.isDirectory(LIBXDP)) {
            return Stream.of(LIBXDP);
        }
        try (Stream<Path> files = Files.list(LIBXDP)) {
            return files.sorted().toList().stream();
        }
    }

    private void assertTagsOf(Path object) throws Exception {
        assumeTrue(Files.isRegularFile(object), object + " does not exist: libxdp1 is not installed");
        Map<String, String> expected = tags(object);
        assumeTrue(!expected.isEmpty(), object + " has only programs whose relocations depend on the kernel");
        Map<String, String> reported = kernelTags(object);
        assertThat(reported).containsAllEntriesOf(expected);
    }

    private static Map<String, String> tags(Path object) throws InputException {
        Map<String, String> tags = new HashMap<>();
        for (FoundProgram found : ProgramFiles.read(object, fault -> {})) {
            Instructions instructions = found.program().instructions();
            if (instructions.state() != RelocationState.PENDING) {
                tags.put(
                        found.part().orElseThrow(),
                        instructions.digest().orElseThrow().tag());
            }
        }
        return tags;
    }

    private Map<String, String> kernelTags(Path object) {
        Tool.Result result = load(directory, object);
        assertThat(result.exitCode()).as(result.output()).isZero();
        Map<String, String> tags = new HashMap<>();
        Matcher shown = SHOWN.matcher(result.output());
        while (shown.find()) {
            tags.put(shown.group(1), shown.group(2));
        }
        return tags;
    }

    private static Tool.Result load(Path directory, Path object) {
        return Tool.run(directory, "unshare", "-m", "sh", "-c", LOAD, "sh", object.toString());
    }
}
