package org.bpfgate.command.internal.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Several wrong bytes at once, which get past checks that one wrong byte does not. A coverage-guided fuzzer would be
 * better, but the one for JUnit does not read class files of Java 25.
 */
class ManyWrongBytesTest {
    /**
     * One change of a file.
     *
     * @param at where, as a share of the file of 1/65536
     * @param with what is put there, one byte per character
     */
    record Change(int at, String with) {
        void apply(byte[] file) {
            int start = (int) (((long) at * file.length) >>> 16);
            byte[] bytes = with.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, file, start, Math.min(bytes.length, file.length - start));
        }
    }

    @Property
    void anObjectGivesProgramsOrOneLine(@ForAll("objects") byte[] file, @ForAll("binaryChanges") List<Change> changes) {
        HostileBytesTest.readsElf(changed(file, changes));
    }

    @Property
    void aSkeletonGivesAProgramOrOneLine(@ForAll("textChanges") List<Change> changes) {
        HostileBytesTest.readsSkeleton(changed(Sample.bytes("tiny.lskel.h"), changes));
    }

    @Provide
    Arbitrary<byte[]> objects() {
        return Arbitraries.of("tiny.bpf.o", "calls.bpf.o", "settings.bpf.o", "kernel.bpf.o", "legacy.bpf.o")
                .map(Sample::bytes);
    }

    @Provide
    Arbitrary<List<Change>> binaryChanges() {
        return changes(Arbitraries.strings()
                .withCharRange((char) 0, (char) 0xff)
                .ofMinLength(1)
                .ofMaxLength(8));
    }

    @Provide
    Arbitrary<List<Change>> textChanges() {
        return changes(
                Arbitraries.of("\"", "\\", "\\\n", "/*", "*/", "//", "'", "opts.data_sz = 1;", "opts.", "= {", "\\x"));
    }

    private static Arbitrary<List<Change>> changes(Arbitrary<String> with) {
        return Combinators.combine(Arbitraries.integers().between(0, 0xffff), with)
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static byte[] changed(byte[] file, List<Change> changes) {
        byte[] copy = file.clone();
        for (Change change : changes) {
            change.apply(copy);
        }
        return copy;
    }
}
