package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Privilege;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory can be copied to any place, and says in one line what is wrong with it. */
class TheInstallationWorksElsewhereIT {
    @TempDir
    private Path directory;

    private Path home;

    /** Without the times of the files, as whoever copies a directory does, and to a place with a space in its name. */
    @BeforeEach
    void copy() {
        home = directory.resolve("a place");
        assertThat(CommandLine.of("cp", "-r").run(Gate.installation(), home).exitCode())
                .isZero();
    }

    @Test
    void runFromAnotherDirectoryItDecides() {
        assertDecides(installed("bin/bpfgate"));
    }

    @Test
    void itFindsItselfThroughSymbolicLinks() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path absolute = Files.createSymbolicLink(bin.resolve("bpfgate"), home.resolve("bin/bpfgate"));
        Files.createSymbolicLink(bin.resolve("gate"), absolute.getFileName());
        assertDecides(CommandLine.of(absolute.toString()).in(directory));
        assertDecides(CommandLine.of("bin/gate").in(directory));
    }

    /** The start script of the source tree too; Debian's sh is dash, where {@code CDPATH} makes cd print. */
    @Test
    void theStartScriptsAreFoundHoweverTheyAreCalled() throws IOException {
        Path tree = Files.createSymbolicLink(
                directory.resolve("from-source"), Gate.root().resolve("bpfgate"));
        Path relative = Files.createSymbolicLink(directory.resolve("again"), tree.getFileName());
        assertDecides(CommandLine.of(tree.toString()).in(directory));
        assertDecides(CommandLine.of("sh", relative.getFileName().toString()).in(directory));
        assertDecides(CommandLine.of("sh", "bpfgate").in(home.resolve("bin")));
        assertDecides(CommandLine.of("./bpfgate").in(home.resolve("bin")).with("CDPATH", directory.toString()));
        Path bin = Files.createSymbolicLink(directory.resolve("linked-bin"), home.resolve("bin"));
        assertDecides(CommandLine.of(bin.resolve("bpfgate").toString()).in(directory));
    }

    /** As a service of systemd does. */
    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void itRunsWithoutAnEnvironment(String shell) {
        Requires.command(shell);
        assertDecides(CommandLine.of("env", "-i", "PATH=/usr/bin:/bin", shell)
                .and(home.resolve("bin/bpfgate"))
                .in(directory));
    }

    @Test
    void aStartUpArchiveThatIsGarbageIsIgnored() throws IOException {
        Files.writeString(home.resolve("lib/bpfgate.aot"), "garbage");
        assertDecides(installed("bin/bpfgate"));
    }

    @Test
    void aStartUpArchiveThatCannotBeReadIsIgnored() throws IOException {
        Path archive = Files.write(home.resolve("lib/bpfgate.aot"), new byte[0]);
        assertDecides(Privilege.withoutReading(archive, installed("bin/bpfgate")));
    }

    @Test
    void aMissingStartUpArchiveIsIgnored() throws IOException {
        Files.deleteIfExists(home.resolve("lib/bpfgate.aot"));
        assertDecides(installed("bin/bpfgate"));
    }

    /** A JDK 25 before 25.0.4 would take the old classes out of the start-up archive. */
    @Test
    void aBundleThatWasReplacedIsTheOneThatRuns() throws IOException {
        Files.setLastModifiedTime(home.resolve("lib/bpfgate.aot"), FileTime.from(Instant.now()));
        assertThat(installed("bin/bpfgate").run("verify", "--help").exitCode()).isZero();
        try (FileSystem jar = FileSystems.newFileSystem(home.resolve("bundle/command-bundle.jar"))) {
            Files.delete(jar.getPath("org/bpfgate/command/internal/check/VerifyCommand.class"));
        }
        CommandLine.Result result = installed("bin/bpfgate").run("verify", "--help");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics()).singleElement().asString().contains("VerifyCommand");
    }

    @Test
    void nothingIsLeftAmongTheTemporaryFiles() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        CommandLine.Result result = installed("bin/bpfgate")
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary)
                .run("test", Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    /** The test above means something only if the command makes temporary files at all. */
    @Test
    void withoutAPlaceForTemporaryFilesItSaysSo() {
        Path missing = directory.resolve("missing");
        CommandLine.Result result = installed("bin/bpfgate")
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + missing)
                .run("--version");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics().getLast()).startsWith("bpfgate: " + missing + ": no directory for");
        assertThat(result.stderr()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api-bundle", "framework-bundle", "integrity-sig-bundle", "ipe-policy-bundle", "command-bundle"})
    void aMissingBundleIsOneLine(String bundle) throws IOException {
        Path jar = home.resolve("bundle").resolve(bundle + ".jar");
        Files.delete(jar);
        CommandLine.Result result = installed("bin/bpfgate").run("test", Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.diagnostics()).containsExactly("bpfgate: " + jar + ": this bundle is missing");
    }

    @Test
    void aMissingConfigurationIsOneLine() throws IOException {
        Path file = home.resolve("conf/commands.properties");
        Files.delete(file);
        CommandLine.Result result = installed("bin/bpfgate").run("test", Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics()).containsExactly("bpfgate: " + file + ": no such file");
    }

    /** The places where a JDK is looked for are the machine's, so the copied script gets places where none is. */
    @Test
    void withoutAJdk25ItSaysWhatIsNeeded() throws IOException {
        Path search = home.resolve("bin/java-25");
        String script = Files.readString(search);
        assertThat(script).contains(" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* ");
        Files.writeString(search, script.replace(" /usr/", " /nowhere/").replace(" /opt/", " /nowhere/"));
        CommandLine.Result result = installed("bin/bpfgate")
                .with("HOME", directory.toString())
                .with("JAVA_HOME", oldJdk().toString())
                .with("BPFGATE_JAVA_HOME", "")
                .run("--version");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.diagnostics())
                .containsExactly("bpfgate: no JDK 25 or later was found; install one, or name it in BPFGATE_JAVA_HOME");
    }

    /** As a JDK 21 looks like; it must not be started. */
    private Path oldJdk() throws IOException {
        Path jdk = directory.resolve("jdk-21");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho started\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"test\"\nJAVA_VERSION=\"21.0.5\"\n");
        return jdk;
    }

    private CommandLine installed(String script) {
        return CommandLine.of(home.resolve(script).toString()).in(directory);
    }

    private static void assertDecides(CommandLine bpfgate) {
        CommandLine.Result result = bpfgate.run("test", Quickstart.directory());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).endsWith("\n8 decisions, all as expected\n");
    }
}
