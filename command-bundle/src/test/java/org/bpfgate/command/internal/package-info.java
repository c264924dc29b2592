@NullMarked
package org.bpfgate.command.internal;

import org.jspecify.annotations.NullMarked;
