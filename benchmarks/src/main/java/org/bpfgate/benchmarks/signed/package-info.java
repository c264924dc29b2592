/**
 * One decision on a signed program, against OpenSSL on the same bytes.
 *
 * <p>Imports only what the sections share. Never a class of the verifier: it is reached through its services.
 */
@NullMarked
package org.bpfgate.benchmarks.signed;

import org.jspecify.annotations.NullMarked;
