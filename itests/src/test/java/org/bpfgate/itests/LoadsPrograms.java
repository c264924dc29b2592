package org.bpfgate.itests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test that asks the kernel of this machine to load programs. One such class runs at a time, since they measure, pin and mount; classes
 * that only start commands run beside it. A class of which only some tests load programs has the lock too, so that none of them keeps a
 * thread waiting.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("kernel")
@ResourceLock("kernel")
public @interface LoadsPrograms {}
