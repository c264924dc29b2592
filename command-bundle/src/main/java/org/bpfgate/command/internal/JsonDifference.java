package org.bpfgate.command.internal;

import java.io.PrintWriter;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;

/** A difference as one JSON object on one line. It is put together by hand, as no list of a distribution fits into a tree. */
final class JsonDifference extends ListDifference {
    JsonDifference(PrintWriter out) {
        super(out);
    }

    @Override
    void print(ProgramDigest digest, boolean isNew) {
        out.print(count() == 1 ? "{\"changes\":[" : ",");
        out.print(JsonMembers.object(json -> {
            json.text("change", isNew ? "added" : "removed");
            json.text("digest", digest.toString());
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
        out.println((isEmpty() ? "{\"changes\":[" : "") + "]," + counts.substring(1));
    }
}
