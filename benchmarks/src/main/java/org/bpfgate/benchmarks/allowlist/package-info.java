/**
 * A compiled list of many digests: making it against {@code sort}, opening and asking it against a hash set, SQLite and LMDB.
 *
 * <p>Imports what the sections share, and the index package of the allowlist bundle.
 */
@NullMarked
package org.bpfgate.benchmarks.allowlist;

import org.jspecify.annotations.NullMarked;
