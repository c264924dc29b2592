package org.bpfgate.integrity.hash.internal.file;

/**
 * By what it is noticed that signatures may be judged otherwise.
 *
 * @param reader which reader of signed texts it is, counted; another one begins its generations anew
 * @param generation the generation of its keyrings; 0 while nobody judges signatures
 */
public record TrustStamp(long reader, long generation) {}
