package org.bpfgate.kernel.internal.object;

import java.util.Optional;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.BpfToken;
import org.bpfgate.stack.SecurityHooks;

/**
 * The token that a client named in one request, until the request is over. To the modules it is a new token each time: what they stored
 * with it when it was created is gone.
 */
public final class ClientToken implements AutoCloseable {
    private final SecurityHooks hooks;
    private final Optional<BpfToken> token;
    private final long capabilities;
    private final String note;

    /**
     * Holds the result for a token, or for none.
     *
     * @param token the one that counts; empty when there is none
     * @param capabilities those to make the call with, bit n for capability n
     * @param note why the token does not count, in words for people; empty when it counts
     */
    ClientToken(SecurityHooks hooks, Optional<BpfToken> token, long capabilities, String note) {
        this.hooks = hooks;
        this.token = token;
        this.capabilities = capabilities;
        this.note = note;
    }

    /** Returns the token that counts; empty when there is none. */
    public Optional<BpfToken> token() {
        return token;
    }

    /** Returns the capabilities to make the call with, bit n for capability n. */
    public long capabilities() {
        return capabilities;
    }

    /** Returns the kernel's refusal with the note on the token. */
    public SyscallException explain(SyscallException refusal) {
        return note.isEmpty()
                ? refusal
                : new SyscallException(refusal.command() + ", " + note, refusal.errno(), refusal.size());
    }

    @Override
    public void close() {
        token.ifPresent(hooks::bpfTokenFree);
    }
}
