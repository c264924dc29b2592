package org.bpfgate.command.internal.check;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfgate.command.internal.context.UsageFault;
import org.bpfgate.command.internal.gate.ProbeNames;
import org.bpfgate.command.internal.gate.Requester;
import org.bpfgate.command.internal.gate.RequesterWord;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.report.Expectation;
import org.bpfgate.integrity.IntegrityVerdict;

/** Reads the {@code expected} file of a policy test. Empty lines and lines that begin with {@code #} are comments. */
final class ExpectedFile {
    /** More lines than any directory of programs needs; bounds what a wrong file can cost. */
    private static final int LIMIT = 16 << 20;

    private final Path file;
    private final List<String> verifiers;
    private final ProbeNames probes;
    private final Map<String, List<Expectation>> byProgram = new LinkedHashMap<>();

    private ExpectedFile(Path file, List<String> verifiers, ProbeNames probes) {
        this.file = file;
        this.verifiers = List.copyOf(verifiers);
        this.probes = probes;
    }

    /**
     * Reads the file.
     *
     * @param verifiers those that there are
     * @param probes the feature probes that there are
     * @return the expectations by program, in the order of the file
     * @throws InputException when it cannot be read, or with the line and column of the first mistake
     */
    static Map<String, List<Expectation>> read(Path file, List<String> verifiers, ProbeNames probes)
            throws InputException {
        ExpectedFile reader = new ExpectedFile(file, verifiers, probes);
        int number = 0;
        for (String line : reader.lines()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                reader.add(line, number);
            }
        }
        return reader.byProgram;
    }

    /** Relative paths of executables begin at the file's own directory. */
    private Path directory() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private List<String> lines() throws InputException {
        byte[] bytes = BoundedFile.read(file, LIMIT);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new InputException(file, "is not UTF-8 text");
        }
    }

    private void add(String line, int number) throws InputException {
        StringTokenizer words = new StringTokenizer(line);
        String decision = words.nextToken();
        if (!decision.equals("ALLOW") && !decision.equals("DENY")) {
            throw fault(number, line, decision, "expected ALLOW or DENY, found '" + decision + "'");
        }
        if (!words.hasMoreTokens()) {
            throw fault(number, line, decision, "the path of a program is missing");
        }
        String program = words.nextToken();
        Map<String, IntegrityVerdict> verdicts = new LinkedHashMap<>();
        Map<String, String> requester = new LinkedHashMap<>();
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            int sign = word.indexOf('=');
            if (sign <= 0) {
                throw fault(number, line, word, notAWord(word));
            }
            String key = word.substring(0, sign);
            if (requester.containsKey(key) || verdicts.containsKey(key)) {
                throw fault(number, line, word, "'" + key + "' is there twice");
            }
            if (RequesterWord.isKey(key)) {
                check(key, word, line, number);
                requester.put(key, word.substring(sign + 1));
            } else {
                verdicts.put(key, verdict(word, line, number));
            }
        }
        check(requester, line, number, program);
        List<Expectation> ofProgram = byProgram.computeIfAbsent(program, first -> new ArrayList<>());
        if (ofProgram.stream().anyMatch(other -> other.requester().equals(requester))) {
            throw fault(number, line, program, program + " was named before");
        }
        ofProgram.add(new Expectation(decision.equals("ALLOW"), program, requester, verdicts));
    }

    private void check(String key, String word, String line, int number) throws InputException {
        try {
            RequesterWord.check(key, word.substring(key.length() + 1), probes);
        } catch (IllegalArgumentException e) {
            throw fault(number, line, word, String.valueOf(e.getMessage()));
        }
    }

    /** Faults of words that do not go together, and of the executable, which is read again when the program is decided on. */
    private void check(Map<String, String> requester, String line, int number, String program) throws InputException {
        String exe = requester.get("exe");
        String word = exe == null ? program : "exe=" + exe;
        try {
            Requester.of(requester, directory(), probes);
        } catch (IllegalArgumentException e) {
            throw fault(number, line, word, String.valueOf(e.getMessage()));
        } catch (InputException e) {
            throw fault(number, line, word, "found '" + word + "': " + e.getMessage());
        }
    }

    private IntegrityVerdict verdict(String word, String line, int number) throws InputException {
        int equals = word.indexOf('=');
        String verifier = word.substring(0, equals);
        String verdict = word.substring(equals + 1);
        for (IntegrityVerdict known : IntegrityVerdict.values()) {
            if (verifiers.contains(verifier) && known.name().equals(verdict)) {
                return known;
            }
        }
        throw fault(number, line, word, notAWord(word));
    }

    /** Names the verifier, the key or the verdict that was probably meant. */
    private String notAWord(String word) {
        int equals = word.indexOf('=');
        String key = equals < 0 ? word : word.substring(0, equals);
        String what = "expected LSM=VERDICT or uid=, exe=, unit=, probe=, license=, kernel=, found '" + word + "'";
        if (equals > 0 && verifiers.contains(key)) {
            return what + "; a verdict is one of " + verdicts();
        }
        List<String> keys = new ArrayList<>(verifiers);
        keys.addAll(RequesterWord.KEYS);
        return what + UsageFault.didYouMean(key, keys);
    }

    private static String verdicts() {
        return Stream.of(IntegrityVerdict.values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private InputException fault(int number, String line, String word, String what) {
        return new InputException(file, number, line.indexOf(word) + 1, what);
    }
}
