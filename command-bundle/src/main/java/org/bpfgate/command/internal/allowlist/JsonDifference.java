package org.bpfgate.command.internal.allowlist;

import java.io.PrintWriter;
import org.bpfgate.allowlist.ListedKind;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.command.internal.io.JsonText;
import org.jspecify.annotations.Nullable;

/** A difference as one JSON object on one line. It is put together by hand, as no list of a distribution fits into a tree. */
final class JsonDifference extends AllowlistDifference {
    private static final String BEGINNING =
            "{\"" + JsonText.SCHEMA_VERSION_NAME + "\":" + JsonText.SCHEMA_VERSION + ",\"changes\":[";

    JsonDifference(PrintWriter out) {
        super(out);
    }

    @Override
    void print(ListedKind kind, boolean isNew) {
        out.print(count() == 1 ? BEGINNING : ",");
        out.print(JsonMembers.object(json -> {
            json.text("change", isNew ? "added" : "removed");
            json.text("digest", kind.digest().toString());
            json.text("type", kind.type());
            json.text("attach", kind.attach());
        }));
    }

    @Override
    void summary(String list) {
        close(list);
    }

    @Override
    void end() {
        close(null);
    }

    private void close(@Nullable String list) {
        String counts = JsonMembers.object(json -> {
            json.text("list", list);
            json.number("added", added());
            json.number("removed", removed());
        });
        // The members behind the array: the object without its opening brace.
        out.println((isEmpty() ? BEGINNING : "") + "]," + counts.substring(1));
    }
}
