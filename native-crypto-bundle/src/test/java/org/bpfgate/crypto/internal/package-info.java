@NullMarked
package org.bpfgate.crypto.internal;

import org.jspecify.annotations.NullMarked;
