package org.bpfgate.kernel.internal.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gate and a process that hands its listener over send each other: one JSON object a line. The gate greets, the process offers its
 * listener, and the gate answers with {@link Taken}. Instead of a greeting or an answer the gate may send {@link Refused}. Members
 * that a version does not know are skipped.
 */
public sealed interface HandOverMessage {
    /** The version of the protocol, the member {@code version} of each message. */
    int VERSION = 1;

    /** A line has no more bytes, with its line feed. */
    int MOST_BYTES = 64 * 1024;

    /**
     * The gate tells what the filter is to notify it of.
     *
     * @param known how many commands of bpf(2) the gate knows
     * @param notified the numbers of those that it mediates
     */
    record Greeting(int known, List<Integer> notified) implements HandOverMessage {
        /** Copies the numbers. */
        public Greeting {
            notified = List.copyOf(notified);
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeNumberField("known", known);
            json.writeArrayFieldStart("notify");
            for (int number : notified) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        }
    }

    /**
     * The process sends its listener along with this.
     *
     * @param command what it will become
     */
    record Offer(List<String> command) implements HandOverMessage {
        /** Room for the words; each character takes six bytes at most, and the rest of the line is for the other members. */
        private static final int MOST_CHARACTERS = MOST_BYTES / 6 - 1024;

        /** Copies the words. */
        public Offer {
            command = List.copyOf(command);
        }

        /** Makes an offer with as much of a command as fits, for people to recognise. */
        public static Offer of(List<String> words) {
            List<String> fitting = new ArrayList<>();
            int left = MOST_CHARACTERS;
            for (String word : words) {
                // Quotes and the comma.
                left -= 1;
                if (left <= 0) {
                    break;
                }
                fitting.add(word.length() > left ? beginning(word, left) : word);
                left -= word.length();
            }
            return new Offer(fitting);
        }

        /** Half a surrogate pair is no text. */
        private static String beginning(String word, int length) {
            return word.substring(0, Character.isHighSurrogate(word.charAt(length - 1)) ? length - 1 : length);
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeArrayFieldStart("command");
            for (String word : command) {
                json.writeString(word);
            }
            json.writeEndArray();
        }
    }

    /**
     * The gate mediates the listener from now on.
     *
     * @param number by which it tells it from others
     */
    record Taken(int number) implements HandOverMessage {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeBooleanField("taken", true);
            json.writeNumberField("number", number);
        }
    }

    /**
     * The gate does not take the listener.
     *
     * @param error why, for people
     * @param isBusy whether another try may succeed soon
     */
    record Refused(String error, boolean isBusy) implements HandOverMessage {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStringField("error", error);
            json.writeBooleanField("busy", isBusy);
        }
    }

    /** Writes the members but the version. */
    void write(JsonGenerator json) throws IOException;

    /** Returns the line, with its line feed. */
    default byte[] toLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot be written to", e);
        }
        line.write('\n');
        return line.toByteArray();
    }
}
