package org.bpfgate.command.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private final Map<String, Expectation> byProgram = new LinkedHashMap<>();

    private ExpectedFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file.
     *
     * @return the expectations by program, in the order of the file
     * @throws InputException when it cannot be read, or with the line and column of the first mistake
     */
    static Map<String, Expectation> read(Path file) throws InputException {
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
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            addVerdict(verdicts, word, line, number);
        }
        Expectation expectation = new Expectation(decision.equals("ALLOW"), program, verdicts);
        if (byProgram.putIfAbsent(program, expectation) != null) {
            throw fault(number, line, program, program + " was named before");
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
        throw fault(number, line, word, "expected LSM=VERDICT, found '" + word + "'");
    }

    private InputException fault(int number, String line, String word, String what) {
        return new InputException(file, number, line.indexOf(word) + 1, what);
    }
}
