package org.bpfgate.command.internal.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.Sha256;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * Who is supposed to ask for a load, so that rules about requesters can be tried on files: {@code uid=0,exe=FILE,unit=U,probe=NAME}.
 * Immutable.
 */
public final class Requester {
    /** Nobody asks, as when files are judged. */
    public static final Requester NOBODY = new Requester(Map.of(), null, false);

    private static final String SHA256 = "sha256:";
    private static final String ANY_PROBE = "any";
    private static final long MAX_UID = 0xffff_ffffL;

    private final Map<String, String> words;
    private final @Nullable String executable;
    private final boolean kernel;

    private Requester(Map<String, String> words, @Nullable String executable, boolean kernel) {
        this.words = Map.copyOf(words);
        this.executable = executable;
        this.kernel = kernel;
    }

    /**
     * Reads a description.
     *
     * @param text words KEY=VALUE parted by commas
     * @param directory the place of executables whose path is relative
     * @param probes the feature probes that there are
     * @throws IllegalArgumentException when a word is wrong, with the reason
     * @throws InputException when the executable or the list of probes cannot be read
     */
    public static Requester of(String text, Path directory, ProbeNames probes) throws InputException {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : text.split(",", -1)) {
            int sign = word.indexOf('=');
            if (sign <= 0 || !RequesterWord.isKey(word.substring(0, sign))) {
                throw RequesterWord.unknown(word);
            }
            if (words.put(word.substring(0, sign), word.substring(sign + 1)) != null) {
                throw new IllegalArgumentException("'" + word.substring(0, sign) + "' is there twice");
            }
        }
        return of(words, directory, probes);
    }

    /** The same for words that are read already. */
    public static Requester of(Map<String, String> words, Path directory, ProbeNames probes) throws InputException {
        for (Map.Entry<String, String> word : words.entrySet()) {
            RequesterWord.check(word.getKey(), word.getValue(), probes);
        }
        String exe = words.get("exe");
        boolean kernel = Boolean.parseBoolean(words.getOrDefault("kernel", "false"));
        if (kernel && (words.containsKey("uid") || exe != null || words.containsKey("unit"))) {
            throw new IllegalArgumentException("the kernel itself has no uid, exe and unit");
        }
        return new Requester(words, exe == null ? null : digest(exe, directory), kernel);
    }

    private static String digest(String exe, Path directory) throws InputException {
        if (exe.startsWith(SHA256)) {
            String hex = exe.substring(SHA256.length()).toLowerCase(Locale.ROOT);
            if (!hex.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("expected 64 hexadecimal digits after exe=sha256:, found '"
                        + exe.substring(SHA256.length()) + "'");
            }
            return hex;
        }
        Path file = directory.resolve(exe);
        if (Files.notExists(file) && exe.matches("(?i)((md5|sha-?[0-9]+):)?[0-9a-f]{32,128}")) {
            throw new IllegalArgumentException("expected exe=FILE or exe=sha256:HEX, found '" + exe
                    + "'; sha256sum FILE prints the digest that is compared");
        }
        try {
            return HexFormat.of().formatHex(Sha256.of(file));
        } catch (IOException e) {
            throw new InputException(file, "the executable " + fault(file));
        }
    }

    private static String fault(Path file) {
        if (!Files.exists(file)) {
            return "does not exist";
        }
        return Files.isDirectory(file) ? "is a directory" : "cannot be read";
    }

    /** Returns the load as this requester asks for it. */
    ProgramLoad ask(ProgramLoad load) {
        ProgramLoad asked = kernel ? load.withOrigin(LoadOrigin.KERNEL) : load;
        if (words.containsKey("uid") || executable != null || words.containsKey("unit")) {
            asked = asked.withClient(new Client());
        }
        String license = words.get("license");
        if (license != null) {
            LoadAttributes known = asked.attributes();
            asked = asked.withAttributes(new LoadAttributes(
                    license,
                    known.flags(),
                    known.interfaceIndex(),
                    known.kernelVersion(),
                    known.logLevel(),
                    known.boundDescriptors(),
                    known.attachTarget(),
                    known.records()));
        }
        String probe = words.get("probe");
        if (probe == null || probe.equalsIgnoreCase("false")) {
            return asked;
        }
        return asked.withProbe(RequesterWord.isTruth(probe) ? ANY_PROBE : probe);
    }

    /** A process that is only described. It is nobody's, so its numbers are 0, but for a user id that was not named. */
    private final class Client implements LoadClient {
        @Override
        public int pid() {
            return 0;
        }

        @Override
        public int tid() {
            return 0;
        }

        /** A user id that was not named is the largest one, which the kernel uses for "no id". */
        @Override
        public long uid() {
            String uid = words.get("uid");
            return uid == null ? MAX_UID : Long.parseLong(uid);
        }

        @Override
        public String comm() {
            return "";
        }

        @Override
        public Optional<String> executable() {
            return Optional.ofNullable(words.get("exe")).filter(exe -> !exe.startsWith(SHA256));
        }

        @Override
        public Optional<String> executableSha256() {
            return Optional.ofNullable(executable);
        }

        @Override
        public Optional<String> unit() {
            return Optional.ofNullable(words.get("unit"));
        }
    }
}
