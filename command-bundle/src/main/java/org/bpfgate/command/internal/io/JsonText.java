package org.bpfgate.command.internal.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Prints one JSON object, indented for people. */
public final class JsonText {
    /** The version of the schema that the output keeps to; it rises when a field is renamed or goes. */
    public static final int SCHEMA_VERSION = 1;

    /** The member that holds it, in every object that is printed. */
    public static final String SCHEMA_VERSION_NAME = "schemaVersion";

    private JsonText() {}

    /** Writes the members of an object. */
    @FunctionalInterface
    public interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** Prints an object, whole or not at all, and a line feed. */
    public static void print(PrintWriter out, Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeNumberField(SCHEMA_VERSION_NAME, SCHEMA_VERSION);
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written to", e);
        }
        out.println(text);
    }
}
