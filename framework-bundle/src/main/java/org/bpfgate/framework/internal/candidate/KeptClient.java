package org.bpfgate.framework.internal.candidate;

import java.util.Optional;
import org.bpfgate.program.LoadClient;

/** A client as it was when its load was decided on: it may be gone when the candidate asks. */
final class KeptClient implements LoadClient {
    private final LoadClient client;
    private final Optional<String> executable;
    private final Optional<String> unit;
    private final boolean isSha256Kept;
    private final Optional<String> executableSha256;
    private final Wanted wanted;
    private final Runnable notKept;

    KeptClient(LoadClient client, Wanted wanted, Runnable notKept) {
        this.client = client;
        this.wanted = wanted;
        this.notKept = notKept;
        executable = client.executable();
        unit = client.unit();
        isSha256Kept = wanted.executableSha256;
        executableSha256 = isSha256Kept ? client.executableSha256() : Optional.empty();
    }

    @Override
    public int pid() {
        return client.pid();
    }

    @Override
    public int tid() {
        return client.tid();
    }

    @Override
    public long uid() {
        return client.uid();
    }

    @Override
    public String comm() {
        return client.comm();
    }

    @Override
    public Optional<String> executable() {
        return executable;
    }

    @Override
    public Optional<String> executableSha256() {
        if (!isSha256Kept) {
            wanted.executableSha256 = true;
            notKept.run();
        }
        return executableSha256;
    }

    @Override
    public Optional<String> unit() {
        return unit;
    }
}
