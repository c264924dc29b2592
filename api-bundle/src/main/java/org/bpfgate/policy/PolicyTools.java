package org.bpfgate.policy;

import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A service for who writes policies: what is wrong with a text, why it decides as it does, and how two of them differ.
 * Registered by the bundle of the policy language. It changes nothing, reads no files, and is safe for use by several
 * threads.
 *
 * <p>A policy is its plain text as bytes. Each method takes the dialect by which to read it; null means the one that the
 * policy names in its first line, and {@link PolicyDialect#OPS8} when it names none.
 */
@ProviderType
public interface PolicyTools {
    /** Returns whether a file is a signed message, DER or PEM, as {@link PolicyAdmin#load} takes it. */
    boolean isSigned(byte[] file);

    /**
     * Returns the text of a policy: plain text as it is, and the content of a signed message after it was verified with the gate's
     * keyrings, as {@link PolicyAdmin#load} does.
     *
     * @param file a signed message, or plain text
     * @throws PolicyException as {@link PolicyAdmin#load} says about the message
     */
    byte[] text(byte[] file) throws PolicyException;

    /**
     * Looks for errors, and in a text without errors for what is suspicious.
     *
     * @param policy any bytes
     * @param dialect the vocabulary; null for the policy's own
     */
    PolicyFindings lint(byte[] policy, @Nullable PolicyDialect dialect);

    /**
     * Tells how a policy decides on one load, rule by rule.
     *
     * @param policy the policy
     * @param dialect the vocabulary; null for the policy's own
     * @param load the load
     * @param decision what the verifiers report on it; what the policies of that stack decided does not count here
     * @throws PolicyException {@code EBADMSG}, {@code EINVAL} or {@code ERANGE} with a place: the bytes are not a policy
     */
    PolicyExplanation explain(byte[] policy, @Nullable PolicyDialect dialect, ProgramLoad load, LoadDecision decision)
            throws PolicyException;

    /**
     * Looks for events on which two policies differ, once in each direction. The answer is exact: the values that the policies
     * name and, for each thing, any other value, are all there is to tell events apart. Things that the language has different
     * words for count as independent of each other, so that a program of some digest may have any type, and a gate may have more
     * verifiers than the policies name. As in this gate, a policy of a dialect without {@code op=BPF_PROG_LOAD} denies every BPF
     * load.
     *
     * @param first one policy
     * @param second the other
     * @param dialect the vocabulary of both; null for each policy's own
     * @throws PolicyException as for {@link #explain}, for the first of the two that is not a policy
     */
    PolicyDifference diff(byte[] first, byte[] second, @Nullable PolicyDialect dialect) throws PolicyException;

    /**
     * Writes a policy in its canonical form: no comments, one blank between words, the defaults first, the rules of each operation
     * together and in their order. It decides as the policy does, and in its own canonical form it is the same.
     *
     * @param policy the policy
     * @param dialect the vocabulary; null for the policy's own
     * @return a text that names its dialect unless that is {@link PolicyDialect#OPS8}
     * @throws PolicyException as for {@link #explain}
     */
    byte[] compile(byte[] policy, @Nullable PolicyDialect dialect) throws PolicyException;
}
