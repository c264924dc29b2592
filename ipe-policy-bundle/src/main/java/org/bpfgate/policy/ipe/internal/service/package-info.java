/**
 * The module as a service: its settings, where its policy comes from, and when it joins the stack;
 * {@code security/ipe/policy_fs.c} of the kernel.
 *
 * <p>Imports of this bundle: {@code event}, {@code hook}, {@code parser}, {@code policy}, {@code store} and
 * {@code text}.
 */
@NullMarked
package org.bpfgate.policy.ipe.internal.service;

import org.jspecify.annotations.NullMarked;
