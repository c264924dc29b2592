package org.bpfgate.integrity.sig.differential;

/**
 * A detached message and what it claims to be over. The arrays belong to the case.
 *
 * @param message any bytes
 * @param content the content
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Case(byte[] message, byte[] content) {}
