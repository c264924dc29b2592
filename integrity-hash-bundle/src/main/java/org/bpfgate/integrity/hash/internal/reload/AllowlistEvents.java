package org.bpfgate.integrity.hash.internal.reload;

import java.util.List;

/** Receives the changes of the lists in use. Called by one thread at a time. */
interface AllowlistEvents {
    /** Hears of nothing. */
    AllowlistEvents NOBODY = new AllowlistEvents() {
        @Override
        public void inUse(List<AllowlistState> lists, List<String> problems) {}

        @Override
        public void taken(AllowlistState list) {}

        @Override
        public void refused(AllowlistState list, String problem) {}
    };

    /**
     * These are all lists from now on; a call for each list that changed follows.
     *
     * @param problems what is wrong besides the problems of single lists, a line each
     */
    void inUse(List<AllowlistState> lists, List<String> problems);

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
