package org.bpfgate.integrity.hash.internal.reload;

import java.util.List;

/** What is told about the lists in use. Called one at a time. */
interface AllowlistEvents {
    /** These are all lists from now on; what became of those that changed is told next. */
    void inUse(List<AllowlistState> lists);

    /** A list was read and counts from now on as its file has it. */
    void taken(AllowlistState list);

    /**
     * A file that changed, or its signature, is bad.
     *
     * @param list what counts of the list from now on
     * @param problem {@code FILE:LINE:COL: what is wrong}
     */
    void refused(AllowlistState list, String problem);
}
