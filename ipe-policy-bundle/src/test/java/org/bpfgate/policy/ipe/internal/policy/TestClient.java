package org.bpfgate.policy.ipe.internal.policy;

import java.util.Optional;
import org.bpfgate.program.LoadClient;

/**
 * A process of which a policy can ask three things.
 *
 * @param uid its user
 * @param executableSha256 the digest of its executable, if that can be read
 * @param unit its systemd unit, if it has one
 */
public record TestClient(long uid, Optional<String> executableSha256, Optional<String> unit) implements LoadClient {
    @Override
    public int pid() {
        return 1;
    }

    @Override
    public int tid() {
        return 1;
    }

    @Override
    public String comm() {
        return "c";
    }

    @Override
    public Optional<String> executable() {
        return Optional.empty();
    }
}
