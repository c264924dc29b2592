package org.bpfgate.serve.internal.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfgate.serve.internal.lifecycle.Directories;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The settings of a gate for which nobody has written a file: what lies in the directories of certificates, lists and policies. A PID
 * with a file in {@code conf.d} is left to that file alone. Followed: a list that appears is in use some seconds later. For one thread, but
 * for {@link #problems}.
 */
public final class DefaultSettings {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    /** Names no path on purpose, as the modules take it. */
    private static final String NONE = "none";

    private static final String POLICY = "policy";

    /** Whose files are the default of which key, by PID. */
    private static final Map<String, List<Followed>> FOLLOWED = Map.of(
            "org.bpfgate.hornet", List.of(new Followed("trust.d", "trust")),
            "org.bpfgate.allowlist",
                    List.of(new Followed("lists.d", "lists"), new Followed("revocations.d", "revocations")),
            "org.bpfgate.ipe", List.of(new Followed("policy.d", POLICY)));

    /** A directory below that of the settings, and the key of which it is the default. */
    private record Followed(String directory, String key) {}

    private final ConfigurationAdmin admin;
    private final Directories directories;
    private final Path shippedPolicy;
    private final Map<String, Function<DefaultSettings, Map<String, Object>>> defaults = Map.of(
            "org.bpfgate.hornet", DefaultSettings::keyrings,
            "org.bpfgate.allowlist", DefaultSettings::lists,
            "org.bpfgate.ipe", DefaultSettings::policy,
            "org.bpfgate.audit", DefaultSettings::audit);

    /** The PIDs whose configuration is from here. */
    private final Set<String> given = new HashSet<>();

    /** The policy file as it was at the last two looks, and when its content was last put in force. */
    private String lastPolicy = "";

    private String takenPolicy = "";

    /** Whether there was a policy in its directory at the last look. */
    private boolean hadPolicy;

    /** Why the settings of a PID cannot be found out, by PID. */
    private final Map<String, String> problems = new ConcurrentSkipListMap<>();

    /**
     * Prepares.
     *
     * @param shippedPolicy the policy that decides when there is no other
     */
    public DefaultSettings(ConfigurationAdmin admin, Directories directories, Path shippedPolicy) {
        this.admin = admin;
        this.directories = directories;
        this.shippedPolicy = shippedPolicy;
    }

    /** Gives each PID without a file its settings, or new ones where they have changed. */
    public void apply() {
        defaults.forEach((pid, settings) -> {
            try {
                Optional<Path> own = ownFile(pid);
                if (own.isPresent()) {
                    given.remove(pid);
                    tellUnused(pid, own.get());
                } else {
                    apply(pid, settings.apply(this));
                    problems.remove(pid);
                }
            } catch (IOException e) {
                problem(pid, e);
            } catch (UncheckedIOException e) {
                problem(pid, Objects.requireNonNull(e.getCause()));
            }
        });
    }

    private void problem(String pid, IOException e) {
        problem(
                pid,
                "the default settings of " + pid + " cannot be found out, so they stay as they are: " + e.getMessage());
    }

    /** Called each second, and told once. */
    private void problem(String pid, String line) {
        if (!line.equals(problems.put(pid, line))) {
            LOG.log(Level.WARNING, line);
        }
    }

    /** Returns why settings cannot be found out, one line each. From any thread. */
    public List<String> problems() {
        return List.copyOf(problems.values());
    }

    /** A file without a key, such as a sample as it is, says nothing: File Install makes no configuration of it. */
    private Optional<Path> ownFile(String pid) throws IOException {
        Optional<Path> file = SettingsFiles.of(directories.settingsFiles(), pid);
        return file.isPresent() && SettingsFiles.hasKeys(file.get()) ? file : Optional.empty();
    }

    /** Whoever puts a file into a directory that is not followed any more expects that it counts. */
    private void tellUnused(String pid, Path own) throws IOException {
        Map<String, Object> values = SettingsFiles.values(SettingsFiles.configuration(admin, pid));
        String unused = FOLLOWED.getOrDefault(pid, List.of()).stream()
                .flatMap(followed -> unused(followed, SettingsFiles.text(values.getOrDefault(followed.key(), ""))))
                .collect(Collectors.joining(", "));
        if (unused.isEmpty()) {
            problems.remove(pid);
        } else {
            problem(
                    pid,
                    "not used, because " + own + " has other settings: " + unused
                            + "; name them there, or take them away");
        }
    }

    /** Files of a directory that a value names neither by themselves nor with their directory. */
    private Stream<String> unused(Followed followed, String value) {
        Set<String> named = new HashSet<>(List.of(value.split("\\s*,\\s*", -1)));
        boolean isFollowed = named.contains(
                directories.settings().resolve(followed.directory()).toString());
        return Stream.of(files(followed.directory()))
                .filter(file -> !isFollowed && !file.equals(NONE) && !named.contains(file));
    }

    private void apply(String pid, Map<String, Object> settings) throws IOException {
        Configuration configuration = SettingsFiles.configuration(admin, pid);
        if (configuration != null
                && !given.contains(pid)
                && !SettingsFiles.values(configuration).isEmpty()) {
            // Its file is gone since a moment ago, and whoever took it over is about to notice.
            return;
        }
        Configuration target = configuration == null ? admin.getConfiguration(pid, "?") : configuration;
        if (configuration == null || !isSame(target.getProperties(), settings)) {
            target.update(FrameworkUtil.asDictionary(settings));
            noticePolicy(settings);
            takenPolicy = lastPolicy;
        } else if (hasOtherPolicy(settings)) {
            target.update();
        }
        given.add(pid);
    }

    /** Notices what file the policy is now; settings without one change nothing. */
    private boolean noticePolicy(Map<String, Object> settings) {
        if (!(settings.get(POLICY) instanceof String path)) {
            return false;
        }
        String before = lastPolicy;
        lastPolicy = state(Path.of(path));
        return lastPolicy.equals(before);
    }

    /** Whether the content of the policy file may be another one than that in force. A file that is being written is left alone. */
    private boolean hasOtherPolicy(Map<String, Object> settings) {
        if (noticePolicy(settings) && !lastPolicy.equals(takenPolicy)) {
            takenPolicy = lastPolicy;
            return true;
        }
        return false;
    }

    /** The last time also changes when a file becomes readable, and cannot be set back. */
    private static String state(Path file) {
        try {
            return file + " " + Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
        } catch (IOException e) {
            return file + " missing";
        }
    }

    private static boolean isSame(Dictionary<String, Object> present, Map<String, Object> wanted) {
        return present != null
                && wanted.entrySet().stream()
                        .allMatch(entry -> entry.getValue() instanceof String[] texts
                                ? present.get(entry.getKey()) instanceof String[] there
                                        && List.of(there).equals(List.of(texts))
                                : entry.getValue().equals(present.get(entry.getKey())));
    }

    /** The directory has directories for keyrings. While there is no file in any of them nobody is trusted, which is no fault then. */
    private Map<String, Object> keyrings() {
        Path trust = directories.settings().resolve("trust.d");
        try (Stream<Path> files = Files.walk(trust)) {
            return Map.of("trust", new String[] {files.anyMatch(Files::isRegularFile) ? trust.toString() : NONE});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> lists() {
        return Map.of(
                "lists", files("lists.d"),
                "revocations", files("revocations.d"),
                // A file that goes away is more likely a slip than meant.
                "keep.removed", "true",
                "state", directories.state().resolve("lists").toString());
    }

    private Map<String, Object> policy() {
        String[] policies = files("policy.d");
        if (policies.length > 1) {
            throw new UncheckedIOException(
                    new IOException(directories.settings().resolve("policy.d")
                            + " holds one policy that decides from the start, and has " + policies.length));
        }
        boolean isShipped = policies[0].equals(NONE);
        if (hadPolicy && isShipped) {
            LOG.log(
                    Level.WARNING,
                    "policy.d has no policy any more, so that of the installation decides: {0}",
                    shippedPolicy);
        }
        hadPolicy = !isShipped;
        String first = isShipped ? shippedPolicy.toString() : policies[0];
        return Map.of(
                POLICY, first, "state", directories.state().resolve("policy").toString());
    }

    private Map<String, Object> audit() {
        return Map.of("file", directories.state().resolve("audit.jsonl").toString());
    }

    /** Returns the files of a directory of settings by name, without hidden ones and backups of editors. */
    private String[] files(String name) {
        try (Stream<Path> files = Files.list(directories.settings().resolve(name))) {
            String[] paths = files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(path -> !path.contains("/.") && !path.endsWith("~"))
                    .sorted()
                    .toArray(String[]::new);
            return paths.length == 0 ? new String[] {NONE} : paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
