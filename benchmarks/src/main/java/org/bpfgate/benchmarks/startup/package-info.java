/**
 * How long a whole command takes, against a JVM that prints one line.
 *
 * <p>Imports only what the sections share.
 */
@NullMarked
package org.bpfgate.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
