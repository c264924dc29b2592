package org.bpfgate.allowlist;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that makes compiled lists and looks into lists of every form. Its memory does not grow with the lists: what does
 * not fit is sorted in files beside the output, or in the directory for temporary files where there is none. Safe for use by
 * several threads.
 *
 * <p>Each method tells warnings: what an operator should know about a list that can be used, a sentence for each list, beginning with
 * the file. A list that names no program is one, and one whose entries tell no type, so that they count for every type.
 */
@ProviderType
public interface AllowlistCompiler {
    /**
     * Writes a compiled list. It is valid while all lists that went into it are.
     *
     * @param output replaced by a rename once the new list is whole and durable; may be among the inputs
     * @param progress told how far it is, now and then
     * @param warnings told what to know about the inputs
     * @return the number of digests in the new list
     * @throws ListException when an input cannot be used, no moment is left in which all lists are valid, or writing fails;
     *     the output is as it was
     */
    long compile(ListInputs inputs, Path output, ListProgress progress, Consumer<String> warnings) throws ListException;

    /**
     * Compares two lists by what decides: digests, and the types and ways of attaching that they are listed for.
     *
     * @param warnings told what to know about the inputs
     * @throws ListException when an input cannot be used; the visitor may have been called by then
     */
    void compare(ListInputs before, ListInputs after, DifferenceVisitor visitor, Consumer<String> warnings)
            throws ListException;

    /**
     * Looks digests up in a list, which is read once and need not be valid now.
     *
     * @param beginnings each the first 16 digits of a digest, which are a kernel's tag, or all 64, in lower case
     * @param warnings told what to know about the list
     * @return the entries that have these digests; those of one digest are in the order of the list
     * @throws ListException when the list cannot be used
     * @throws IllegalArgumentException for another number of digits
     */
    List<ListMatch> find(Path list, Set<String> beginnings, Consumer<String> warnings) throws ListException;

    /**
     * Tells the form of a file by its first bytes; it need not be a list that can be used.
     *
     * @throws ListException when it is no regular file, or cannot be read
     */
    ListForm form(Path list) throws ListException;

    /**
     * Tells whether a list can be used and is valid now.
     *
     * @throws ListException when it cannot be used
     */
    boolean countsNow(Path list) throws ListException;
}
