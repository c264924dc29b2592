package org.bpfgate.kernel.internal.worker;

import org.bpfgate.kernel.internal.request.MediatedRequest;

/**
 * A request, and the workers that answer it.
 *
 * @param request compared by identity
 * @param home those of the listener from which it was received
 */
record QueuedRequest(MediatedRequest request, NotificationWorkers home) {}
