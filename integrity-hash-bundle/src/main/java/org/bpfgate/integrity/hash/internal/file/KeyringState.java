package org.bpfgate.integrity.hash.internal.file;

/**
 * Identifies the keyring state that a signature was verified against.
 *
 * @param reader the number of the reader of signed texts; each reader counts its generations from the start
 * @param generation the generation of its keyrings; 0 while nothing verifies signatures
 */
public record KeyringState(long reader, long generation) {}
