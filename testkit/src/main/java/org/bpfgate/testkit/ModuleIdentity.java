package org.bpfgate.testkit;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BlobType;
import org.junit.jupiter.api.Assertions;

/** What a module says of itself is always the same. */
final class ModuleIdentity {
    private ModuleIdentity() {}

    static void check(SecurityModule module) {
        Assertions.assertEquals(
                Objects.requireNonNull(module.lsmId(), "lsmId() returned null"),
                module.lsmId(),
                "lsmId() returned two identities");
        checkBlob("programBlob()", module::programBlob);
        checkBlob("mapBlob()", module::mapBlob);
        checkBlob("tokenBlob()", module::tokenBlob);
    }

    /** A blob is found by the instance of its type: one that is made anew with each call finds nothing. */
    private static void checkBlob(String method, Supplier<Optional<BlobType<?>>> blob) {
        Optional<BlobType<?>> first = Objects.requireNonNull(blob.get(), method + " returned null");
        Assertions.assertSame(
                first.orElse(null), blob.get().orElse(null), method + " returned two types; keep one in a constant");
    }
}
