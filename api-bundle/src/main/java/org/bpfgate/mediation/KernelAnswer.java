package org.bpfgate.mediation;

import java.util.Objects;
import java.util.Optional;

/**
 * What the kernel said to a trial.
 *
 * @param errno the kernel's spelling of the error, or a sentence when the kernel could not be asked; empty when the program was loaded
 * @param tagAlgorithm {@code SHA-1} or {@code SHA-256}, by which the kernel computes the tags of programs; empty when that is not
 *     known
 */
public record KernelAnswer(Optional<String> errno, Optional<String> tagAlgorithm) {
    /** Refuses nulls. */
    public KernelAnswer {
        Objects.requireNonNull(errno);
        Objects.requireNonNull(tagAlgorithm);
    }
}
