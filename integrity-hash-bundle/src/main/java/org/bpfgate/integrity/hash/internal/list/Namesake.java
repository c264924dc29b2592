package org.bpfgate.integrity.hash.internal.list;

import org.bpfgate.integrity.hash.internal.record.NameMatch;

/**
 * An entry whose name and type a load has.
 *
 * @param match how the names fit; never {@link NameMatch#NONE}
 * @param entry the entry and where it stands, for users
 */
record Namesake(NameMatch match, String entry) {}
