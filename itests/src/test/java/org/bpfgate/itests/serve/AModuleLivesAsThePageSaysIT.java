package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/modules.md, with the module of the examples and a gate that runs. */
@Timeout(300)
class AModuleLivesAsThePageSaysIT {
    private static final Pattern SHELL = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final String JAR = "module-example-1.0.0.jar";

    @TempDir
    private static Path root;

    private static RunningGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = RunningGate.ready(root);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Test
    void fromTheSignatureToTheRollback(@TempDir Path work) throws IOException {
        Files.createDirectories(work.resolve("target"));
        Path built = Gate.root().resolve("examples/module-example/target").resolve(JAR);
        Files.copy(built, work.resolve("target").resolve(JAR));
        copyAs("1.1.0", built, work.resolve("target/module-example-1.1.0.jar"));
        List<String> blocks = blocks();
        assertThat(blocks).hasSize(2);

        CommandLine.Result installed = run(blocks.get(0), work);
        assertThat(installed.exitCode()).as(installed.toString()).isZero();
        assertThat(installed.stdout())
                .containsPattern("installed: org.bpfgate.example.size 1.0.0; generation \\d+ before, \\d+ after\\n")
                .containsPattern(
                        "(?m)^4 +size +150 +org.bpfgate.example.size +1.0.0 +[0-9a-f]{12} +CN=Vendor +healthy$")
                .containsPattern(
                        "(?m)^1 +hornet +300 +org.bpfgate.integrity.sig +[0-9.]+ +[0-9a-f]{12} +distribution +required, healthy$");

        assertRefused(work);

        CommandLine.Result updated = run(blocks.get(1), work);
        assertThat(updated.exitCode()).as(updated.toString()).isZero();
        assertThat(updated.stdout())
                .contains("replaced: org.bpfgate.example.size 1.1.0; generation ")
                .contains("rolled back: org.bpfgate.example.size 1.0.0; generation ")
                .contains("replace org.bpfgate.example.size 1.0.0 by org.bpfgate.example.size 1.1.0")
                .contains("removed; generation ");
        JsonNode list = Json.of(gate.run("lsm", "list", "--format", "json"));
        assertThat(list.get("modules").findValuesAsText("name"))
                .containsExactly("hornet", "native", "allowlist", "ipe");
        assertThat(gate.run("status").exitCode()).isZero();
    }

    private static void assertRefused(Path work) {
        CommandLine.Result unsigned =
                gate.run("lsm", "replace", "size", work.resolve("target/module-example-1.1.0.jar"));
        assertThat(unsigned.exitCode()).isEqualTo(10);
        assertThat(unsigned.stderr()).hasLineCount(1).contains("is not signed");
        CommandLine.Result required = gate.run("lsm", "stop", "ipe");
        assertThat(required.exitCode()).isEqualTo(10);
        assertThat(required.stderr()).hasLineCount(1).contains("ipe is required");
        CommandLine.Result missing = gate.run("lsm", "start", "siez");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.stderr()).contains("there is no module siez");
        CommandLine.Result none = gate.run("lsm", "install", work.resolve("none.jar"));
        assertThat(none.exitCode()).isEqualTo(3);
    }

    @Test
    void theOrderChangesAndComesBack() {
        CommandLine.Result ordered = gate.run("lsm", "order", "ipe,allowlist");
        assertThat(ordered.exitCode()).as(ordered.toString()).isZero();
        assertThat(names()).startsWith("ipe", "allowlist");
        assertThat(gate.run("lsm", "order", "--reset").exitCode()).isZero();
        assertThat(names()).containsSubsequence("hornet", "native", "allowlist", "ipe");
        assertThat(gate.run("lsm", "order").exitCode()).isEqualTo(2);
    }

    private static List<String> names() {
        return Json.of(gate.run("lsm", "list", "--format", "json"))
                .get("modules")
                .findValuesAsText("name");
    }

    private static List<String> blocks() throws IOException {
        Matcher block = SHELL.matcher(Files.readString(Gate.root().resolve("docs/modules.md")));
        List<String> blocks = new ArrayList<>();
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    /** Runs the commands of the page with another root, and the JDK's tools. */
    private static CommandLine.Result run(String script, Path work) {
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        String here = script.replace("/etc/bpfgate", root + "/etc/bpfgate");
        return CommandLine.of(
                        "bash",
                        "-ec",
                        "bpfgate() { '" + Gate.installation() + "/bin/bpfgate' --root '" + root + "' \"$@\"; }\n"
                                + here)
                .in(work)
                .with("PATH", path)
                .run();
    }

    private static void copyAs(String version, Path from, Path to) throws IOException {
        try (JarFile jar = new JarFile(from.toFile());
                OutputStream out = Files.newOutputStream(to)) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream copy = new JarOutputStream(out, manifest)) {
                for (JarEntry entry : jar.stream().toList()) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        copy.putNextEntry(new JarEntry(entry.getName()));
                        jar.getInputStream(entry).transferTo(copy);
                    }
                }
            }
        }
    }
}
