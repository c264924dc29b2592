package org.bpfgate.benchmarks.load;

import java.util.List;

/** What the client's loads carry. */
enum Signature {
    /** No signature. */
    NONE,

    /** The same signature each time, which the gate looks up. */
    SAME,

    /** One of more signatures than the gate keeps, which it verifies. */
    ANOTHER;

    /** Returns the client's last words. */
    List<String> words(LoadFiles files) {
        String file = files.signature().toString();
        return switch (this) {
            case NONE -> List.of();
            case SAME -> List.of(file);
            case ANOTHER -> List.of(file, "vary");
        };
    }
}
