package org.bpfgate.allowlist;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.bpfgate.program.ProgramDigest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that makes compiled lists and looks into lists of every form. Its memory does not grow with the lists: what does
 * not fit is sorted in files beside the output, or in the directory for temporary files where there is none. Safe for use by
 * several threads.
 */
@ProviderType
public interface AllowlistCompiler {
    /**
     * Writes a compiled list. It is valid while all lists that went into it are.
     *
     * @param output replaced by a rename once the new list is whole and durable; may be among the inputs
     * @param progress told how far it is, now and then
     * @return the number of digests in the new list
     * @throws ListException when an input cannot be used, no moment is left in which all lists are valid, or writing fails;
     *     the output is as it was
     */
    long compile(ListInputs inputs, Path output, ListProgress progress) throws ListException;

    /**
     * Compares two lists by their digests.
     *
     * @throws ListException when an input cannot be used; the visitor may have been called by then
     */
    void compare(ListInputs before, ListInputs after, DifferenceVisitor visitor) throws ListException;

    /**
     * Looks digests up in a list, which is read once and need not be valid now.
     *
     * @return for each digest that is listed, its first entry
     * @throws ListException when the list cannot be used
     */
    Map<ProgramDigest, ListMatch> find(Path list, Set<ProgramDigest> digests) throws ListException;
}
