@NullMarked
package org.bpfgate.command.stream.internal;

import org.jspecify.annotations.NullMarked;
