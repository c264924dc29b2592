package org.bpfgate.command.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.bpfgate.command.read.internal.BoundedFile;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.integrity.IntegrityVerdict;

/** Reads the {@code expected} file of a policy test. Empty lines and lines that begin with {@code #} are comments. */
final class ExpectedFile {
    /** More lines than any directory of programs needs; bounds what a wrong file can cost. */
    private static final int LIMIT = 16 << 20;

    private final Path file;
    private final Map<String, List<Expectation>> byProgram = new LinkedHashMap<>();

    private ExpectedFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file.
     *
     * @return the expectations by program, in the order of the file
     * @throws InputException when it cannot be read, or with the line and column of the first mistake
     */
    static Map<String, List<Expectation>> read(Path file) throws InputException {
        ExpectedFile reader = new ExpectedFile(file);
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
            if (sign > 0 && Requester.isKey(word.substring(0, sign))) {
                requester.put(word.substring(0, sign), word.substring(sign + 1));
            } else {
                addVerdict(verdicts, word, line, number);
            }
        }
        check(requester, line, number, program);
        List<Expectation> ofProgram = byProgram.computeIfAbsent(program, first -> new ArrayList<>());
        if (ofProgram.stream().anyMatch(other -> other.requester().equals(requester))) {
            throw fault(number, line, program, program + " was named before");
        }
        ofProgram.add(new Expectation(decision.equals("ALLOW"), program, requester, verdicts));
    }

    /** Faults of a requester are told with their place; the executable is read when the program is decided on. */
    private void check(Map<String, String> requester, String line, int number, String program) throws InputException {
        try {
            Requester.of(requester, directory());
        } catch (IllegalArgumentException e) {
            throw fault(number, line, program, String.valueOf(e.getMessage()));
        }
    }

    private void addVerdict(Map<String, IntegrityVerdict> verdicts, String word, String line, int number)
            throws InputException {
        int equals = word.indexOf('=');
        try {
            if (equals > 0) {
                verdicts.put(word.substring(0, equals), IntegrityVerdict.valueOf(word.substring(equals + 1)));
                return;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, as any word that is not a verdict.
        }
        throw fault(
                number,
                line,
                word,
                "expected LSM=VERDICT or uid=, exe=, unit=, probe=, license=, kernel=, found '" + word + "'");
    }

    private InputException fault(int number, String line, String word, String what) {
        return new InputException(file, number, line.indexOf(word) + 1, what);
    }
}
