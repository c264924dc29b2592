/**
 * Mediates bpf(2): runs a command under a seccomp filter, copies what it asks for, has it decided on, and performs what is
 * allowed. It meets verifiers and policies only through the framework's services, and the kernel only through the package of
 * system calls.
 */
@NullMarked
package org.bpfgate.kernel.mediate.internal;

import org.jspecify.annotations.NullMarked;
