package org.bpfgate.command.internal.skeleton;

import java.util.HashMap;
import java.util.Map;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values that a light skeleton gives to its loader. Two statements count: the definition of an array whose name
 * starts with {@code opts_}, and an assignment to a field of {@code opts}; everything else in the header is passed over.
 */
final class SkeletonParser {
    private static final String ARRAY_PREFIX = "opts_";

    private final CScanner scanner;
    private final Map<String, CArray> arrays = new HashMap<>();
    private final Map<String, CArray> pointers = new HashMap<>();
    private final Map<String, Size> sizes = new HashMap<>();

    /**
     * A number of bytes that the header gives.
     *
     * @param bytes the number
     * @param place where it is written
     */
    record Size(long bytes, int place) {}

    private SkeletonParser(CScanner scanner) {
        this.scanner = scanner;
    }

    /** Reads to the end of the header. */
    static SkeletonParser parse(CScanner scanner) throws InputException {
        SkeletonParser parser = new SkeletonParser(scanner);
        while (scanner.kind() != CScanner.Kind.END) {
            parser.statement();
        }
        return parser;
    }

    /** Returns the array that a field of {@code opts} points to, or null when the header does not set the field. */
    @Nullable
    CArray pointer(String field) {
        return pointers.get(field);
    }

    /** Returns the size that a field of {@code opts} gets, or null when the header does not set the field. */
    @Nullable
    Size size(String field) {
        return sizes.get(field);
    }

    private void statement() throws InputException {
        if (scanner.isName("opts")) {
            scanner.next();
            if (scanner.skip('.')) {
                assignment();
            }
        } else if (scanner.kind() == CScanner.Kind.NAME && scanner.text().startsWith(ARRAY_PREFIX)) {
            definition();
        } else {
            scanner.next();
        }
    }

    private void assignment() throws InputException {
        String field = scanner.text();
        int place = scanner.place();
        scanner.next();
        if (!scanner.skip('=')) {
            return;
        }
        Object before = switch (field) {
            case "data", "insns", "signature" -> pointers.put(field, pointerValue());
            case "data_sz", "insns_sz", "signature_sz" -> sizes.put(field, sizeValue());
            default -> null;
        };
        if (before != null) {
            throw scanner.fault(place, "opts." + field + " is set twice");
        }
    }

    private void definition() throws InputException {
        String name = scanner.text();
        int place = scanner.place();
        scanner.next();
        if (!scanner.skip('[')) {
            return;
        }
        scanner.expect(']');
        while (!scanner.isPunctuation('=')) {
            if (scanner.isPunctuation(';') || scanner.kind() == CScanner.Kind.END) {
                throw scanner.fault(place, name + " has no value");
            }
            scanner.next();
        }
        scanner.next();
        if (arrays.put(name, CArray.parse(scanner)) != null) {
            throw scanner.fault(place, name + " is defined twice");
        }
        scanner.expect(';');
    }

    private CArray pointerValue() throws InputException {
        skipCasts();
        CArray array = scanner.kind() == CScanner.Kind.NAME ? array() : CArray.parse(scanner);
        scanner.expect(';');
        return array;
    }

    private void skipCasts() throws InputException {
        while (scanner.skip('(')) {
            while (!scanner.skip(')')) {
                if (scanner.kind() == CScanner.Kind.END) {
                    throw scanner.fault(scanner.place(), "expected ')'");
                }
                scanner.next();
            }
        }
    }

    private Size sizeValue() throws InputException {
        int place = scanner.place();
        long bytes;
        if (scanner.isName("sizeof")) {
            scanner.next();
            scanner.expect('(');
            bytes = array().size();
            scanner.expect(')');
            if (scanner.skip('-')) {
                bytes -= number();
            }
        } else {
            bytes = number();
        }
        scanner.expect(';');
        return new Size(bytes, place);
    }

    private CArray array() throws InputException {
        CArray array = arrays.get(scanner.text());
        if (array == null) {
            throw scanner.fault(scanner.place(), "expected the name of an array that is defined above");
        }
        scanner.next();
        return array;
    }

    private long number() throws InputException {
        return CNumber.take(scanner, Integer.MAX_VALUE);
    }
}
