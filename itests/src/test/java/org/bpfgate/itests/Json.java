package org.bpfgate.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@code --format json} prints. */
public final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** The one object on standard output; anything before or behind it fails. */
    public static JsonNode of(CommandLine.Result result) {
        return parse(result.stdout(), result);
    }

    /** One value in a text of its own, such as a line of an audit file. */
    public static JsonNode parse(String text) {
        return parse(text, text);
    }

    private static JsonNode parse(String text, Object source) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON value: " + source, e);
        }
    }

    /** The programs in it. */
    public static List<JsonNode> programs(JsonNode object) {
        return elements(object.path("programs"));
    }

    /** The elements of an array. */
    public static List<JsonNode> elements(JsonNode array) {
        assertThat(array.isArray()).as("%s is an array", array).isTrue();
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /** The names of the members of an object. */
    public static List<String> names(JsonNode object) {
        assertThat(object.isObject()).as("%s is an object", object).isTrue();
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A member that must be there and be a string. */
    public static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        assertThat(value.isTextual()).as("%s of %s is a string", name, object).isTrue();
        return value.textValue();
    }

    /** A member that must be there and be a whole number. */
    public static int number(JsonNode object, String name) {
        JsonNode value = object.path(name);
        assertThat(value.isInt()).as("%s of %s is a number", name, object).isTrue();
        return value.intValue();
    }
}
