@NullMarked
package org.bpfgate.command.read.internal;

import org.jspecify.annotations.NullMarked;
