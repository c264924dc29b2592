package org.bpfgate.command.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class StandardStreamTest {
    /** Counts the attempts to write. */
    private static final class Full extends OutputStream {
        private int attempts;
        private final String message;

        Full(String message) {
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            attempts++;
            throw new IOException(message);
        }
    }

    @Test
    void theFirstFailureIsThrownAndTheRestIsDropped() {
        Full full = new Full("No space left on device");
        StandardStream stream = new StandardStream(full, true);
        assertThatThrownBy(() -> stream.write('a')).isInstanceOf(OutputException.class);
        stream.write('b');
        assertThat(full.attempts).isOne();
        assertThat(stream.failure()).contains("No space left on device");
        assertThat(stream.isClosedByReader()).isFalse();
    }

    @Test
    void diagnosticsAreOnlyRemembered() {
        StandardStream stream = new StandardStream(new Full("Broken pipe"), false);
        stream.write('a');
        assertThat(stream.isClosedByReader()).isTrue();
    }

    @Test
    void withoutAFailureThereIsNone() {
        StandardStream stream = new StandardStream(OutputStream.nullOutputStream(), true);
        stream.write('a');
        assertThat(stream.failure()).isEmpty();
        assertThat(stream.isClosedByReader()).isFalse();
    }
}
