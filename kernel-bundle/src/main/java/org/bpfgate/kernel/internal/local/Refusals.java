package org.bpfgate.kernel.internal.local;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/** The kernel's refusals as the exceptions of the JDK, in words for people. */
final class Refusals {
    private Refusals() {}

    /** Why a socket file cannot be made. */
    static IOException ofListening(Path path, SyscallException e) {
        String what = switch (e.errno()) {
            case Errnos.ENOENT -> "its directory is missing; make it";
            case Errnos.EACCES, Errnos.EPERM -> "permission denied; run it as root, or choose another directory";
            default -> "it cannot be made: " + e.getMessage();
        };
        return new IOException("the socket " + path + ": " + what, e);
    }

    /** Why a socket file cannot be connected to. */
    static IOException ofConnecting(Path path, SyscallException e) {
        String place = "the socket " + path + ": ";
        IOException refusal = switch (e.errno()) {
            case Errnos.ENOENT ->
                new ConnectException(place + "there is none; \"bpfgate status\" tells of a gate that starts,"
                        + " and \"bpfgate serve\" starts one");
            case Errnos.ECONNREFUSED -> new ConnectException(place + "nobody listens there any more");
            case Errnos.EACCES, Errnos.EPERM -> new IOException(place + "permission denied");
            case Errnos.EAGAIN -> new IOException(place + "it takes no connection in time");
            default -> new IOException(place + e.getMessage());
        };
        refusal.initCause(e);
        return refusal;
    }

    /** Why nothing can be sent or received. */
    static IOException ofTransfer(SyscallException e) {
        IOException refusal = switch (e.errno()) {
            case Errnos.EPIPE, Errnos.ECONNRESET -> new EOFException("the peer has closed the connection");
            default -> new SocketException(String.valueOf(e.getMessage()));
        };
        refusal.initCause(e);
        return refusal;
    }
}
