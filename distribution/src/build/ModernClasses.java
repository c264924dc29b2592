import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rewrites the classes of a jar in the class file format of Java 21, with stack maps. The JVM keeps classes of formats
 * before Java 6 out of its start-up archive, and picocli's are of Java 5: loading them the slow way took a third of the
 * start-up of a command. What the classes do stays the same.
 */
final class ModernClasses {
    public static void main(String... jars) throws IOException {
        for (String jar : jars) {
            Path path = Path.of(jar);
            try (URLClassLoader classes =
                            new URLClassLoader(new URL[] {path.toUri().toURL()});
                    FileSystem content = FileSystems.newFileSystem(URI.create("jar:" + path.toUri()), Map.of())) {
                rewrite(content.getPath("/"), new Rewriter(classes));
            }
        }
    }

    private static void rewrite(Path root, Rewriter rewriter) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            byte[] modern = rewriter.rewrite(Files.readAllBytes(file));
            Files.write(file, modern);
        }
    }

    private static final class Rewriter {
        private final ClassFile classFile;

        Rewriter(ClassLoader classes) {
            classFile = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
        }

        byte[] rewrite(byte[] old) {
            ClassTransform version = (builder, element) -> builder.with(
                    element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_21_VERSION, 0) : element);
            return classFile.transformClass(
                    classFile.parse(old),
                    version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
        }
    }
}
