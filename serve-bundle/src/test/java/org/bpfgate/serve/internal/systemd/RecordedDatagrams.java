package org.bpfgate.serve.internal.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalServer;
import org.bpfgate.control.LocalSockets;

/** Keeps what is sent to systemd. */
public final class RecordedDatagrams implements LocalSockets {
    private final List<String> sent = new ArrayList<>();
    private boolean nobodyReceives;

    /** Returns each datagram as "address: lines", and behind them its descriptor. */
    public List<String> sent() {
        return sent;
    }

    void nobodyReceives(boolean isSo) {
        nobodyReceives = isSo;
    }

    @Override
    public LocalServer listen(Path path, int permissions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LocalConnection connect(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void datagram(String address, byte[] bytes, int... descriptors) throws IOException {
        if (nobodyReceives) {
            throw new IOException(address + ": nobody receives there");
        }
        String with = descriptors.length == 0 ? "" : " " + descriptors[0];
        sent.add(address + ": " + new String(bytes, StandardCharsets.UTF_8).replace("\n", ", ") + with);
    }
}
