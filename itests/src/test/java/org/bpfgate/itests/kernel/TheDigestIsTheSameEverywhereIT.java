package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Libxdp;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digest that {@code check} computes from a file is the one of the load, and begins with the tag that the kernel gives. */
@LoadsPrograms
class TheDigestIsTheSameEverywhereIT {
    /** Loads all programs of an object under the gate and prints what the kernel says of each. */
    private static final String LOAD =
            "mount -t bpf bpf /sys/fs/bpf && \"$0\" learn --audit \"$2\" -o \"$3\" -- bpftool prog"
                    + " loadall \"$1\" /sys/fs/bpf/all >&2 && for p in /sys/fs/bpf/all/*; do bpftool -j prog show pinned $p; done";

    @TempDir
    Path directory;

    private int threeTimes;
    private int twice;
    private final List<String> notLoaded = new ArrayList<>();

    @Test
    void fromTheFileAtTheLoadAndInTheKernel() throws IOException {
        Requires.command("bpftool");
        Requires.command("unshare");
        Requires.that("root".equals(System.getProperty("user.name")), "loading programs takes root");
        Libxdp.require();
        List<Path> objects = new ArrayList<>(Libxdp.objects());
        for (String example : List.of("xdp_count.o", "xdp_count-changed.o", "drop_ping-unsigned.o", "exec_trace.o")) {
            objects.add(Quickstart.program(example));
        }
        for (Path object : objects) {
            compare(object);
        }
        System.err.println("digests: " + threeTimes + " programs the same in the file, at the load and in the kernel; "
                + twice + " not known from the file, the same at the load and in the kernel; not loaded here: "
                + notLoaded);
        assertThat(threeTimes).isPositive();
    }

    private void compare(Path object) throws IOException {
        Path audit = directory.resolve(object.getFileName() + ".audit");
        CommandLine.Result loading = CommandLine.of("unshare", "--mount", "sh", "-c", LOAD)
                .run(
                        Gate.installation().resolve("bin/bpfgate"),
                        object,
                        audit,
                        directory.resolve(object.getFileName() + ".list"));
        if (loading.exitCode() != 0) {
            notLoaded.add(object.getFileName().toString());
            return;
        }
        Map<String, String> atLoad = digestsByTag(audit);
        Map<String, JsonNode> inFile = inFile(object);
        for (String line : loading.stdout().lines().toList()) {
            JsonNode kernel = Json.parse(line);
            String digest = atLoad.get(kernel.path("tag").asText());
            assertThat(digest).as("the load of %s in %s", kernel, object).isNotNull();
            JsonNode file = inFile.get(kernel.path("name").asText());
            assertThat(file).as("%s of %s", kernel.path("name"), object).isNotNull();
            if (file.has("digest")) {
                assertThat(file.path("digest").asText()).as("%s", object).isEqualTo(digest);
                threeTimes++;
            } else {
                twice++;
            }
        }
    }

    private static Map<String, String> digestsByTag(Path audit) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (String line : Files.readAllLines(audit)) {
            JsonNode load = Json.parse(line);
            if (load.path("command").asText().equals("PROG_LOAD")) {
                String digest = load.path("digest").asText();
                assertThat(digest)
                        .as("%s", line)
                        .startsWith("sha256:" + load.path("tag").asText());
                digests.put(load.path("tag").asText(), digest);
            }
        }
        return digests;
    }

    /** By the name that the kernel keeps, 15 characters. */
    private static Map<String, JsonNode> inFile(Path object) {
        Map<String, JsonNode> programs = new TreeMap<>();
        for (JsonNode program :
                Json.programs(Json.of(CommandLine.bpfgate().run("verify", "--format", "json", object)))) {
            String name = program.path("program").asText();
            programs.put(name.substring(0, Math.min(name.length(), 15)), program);
        }
        return programs;
    }
}
