package org.bpfgate.kernel.internal.object;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The names of the running kernel's types and functions, read from {@code /sys/kernel/btf} when the first one is asked for. The types
 * of a module count on from those of the kernel itself. What was read is kept while memory is not short. Safe for use by several
 * threads.
 */
public final class KernelTypes {
    /** Ten times what Linux 6.18 has on x86-64. */
    private static final int MAX_SIZE = 64 << 20;

    private static final String KERNEL = "vmlinux";

    private final Path directory;
    private final Map<String, SoftReference<TypeNames>> read = new ConcurrentHashMap<>();

    /**
     * Prepares to read.
     *
     * @param directory {@code /sys/kernel/btf}
     */
    public KernelTypes(Path directory) {
        this.directory = directory;
    }

    /**
     * Looks a name up.
     *
     * @param module the module that has the type; empty for the kernel itself
     * @param id the number of the type in the BTF of the module
     * @return empty when there is no such type, it has no name, or the kernel shows no BTF
     */
    public Optional<String> nameOf(String module, int id) {
        return find(module, id, types -> types.nameOf(id));
    }

    /**
     * Looks the name of a member up.
     *
     * @param module the module that has the structure; empty for the kernel itself
     * @param id the number of the structure in the BTF of the module
     * @param index which member, counted from 0
     * @return empty when there is no such structure or member, it has no name, or the kernel shows no BTF
     */
    public Optional<String> memberOf(String module, int id, int index) {
        return find(module, id, types -> types.memberOf(id, index));
    }

    private Optional<String> find(String module, int id, Function<TypeNames, Optional<String>> question) {
        try {
            TypeNames kernel = types(KERNEL, TypeNames.NONE);
            if (id < kernel.end() || module.isEmpty() || module.equals(KERNEL)) {
                return question.apply(kernel);
            }
            // The name comes from the kernel, but it becomes a part of a path.
            boolean isName = module.indexOf('/') < 0 && !module.startsWith(".");
            return isName ? question.apply(types(module, kernel)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private TypeNames types(String module, TypeNames base) throws IOException {
        SoftReference<TypeNames> known = read.get(module);
        TypeNames types = known == null ? null : known.get();
        if (types == null) {
            try (InputStream in = Files.newInputStream(directory.resolve(module))) {
                types = TypeNames.of(in.readNBytes(MAX_SIZE), base);
            }
            // A module that is loaded again may have other types.
            if (module.equals(KERNEL)) {
                read.put(module, new SoftReference<>(types));
            }
        }
        return types;
    }
}
