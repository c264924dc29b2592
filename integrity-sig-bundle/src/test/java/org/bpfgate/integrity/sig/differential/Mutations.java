package org.bpfgate.integrity.sig.differential;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bpfgate.integrity.sig.internal.asn1.BerException;

/** Changes messages at random: bits and bytes, whole elements, parts of others, and the content. Used by one thread. */
public final class Mutations {
    private final Random random;
    private final List<Case> corpus;

    /**
     * Mutations of a corpus.
     *
     * @param corpus well-formed cases, which stay as they are
     * @param seed makes the same mutations again
     */
    public Mutations(List<Case> corpus, long seed) {
        this.random = new Random(seed);
        this.corpus = List.copyOf(corpus);
    }

    /** Returns the next changed case; now and then it happens to be what it was. */
    public Case next() throws BerException {
        Case original = any(corpus);
        byte[] message = switch (random.nextInt(8)) {
            case 0 -> flipped(original.message());
            case 1 -> overwritten(original.message());
            case 2 -> spliced(original.message(), any(corpus).message());
            case 3 -> resized(original.message());
            default -> operated(original.message());
        };
        byte[] content = random.nextInt(16) == 0 ? flipped(original.content()) : original.content();
        return new Case(message, content);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] overwritten(byte[] bytes) {
        byte[] copy = bytes.clone();
        int start = random.nextInt(copy.length);
        for (int i = start; i < Math.min(copy.length, start + 1 + random.nextInt(4)); i++) {
            copy[i] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private byte[] spliced(byte[] one, byte[] other) {
        int cut = random.nextInt(Math.min(one.length, other.length));
        byte[] copy = Arrays.copyOf(one, other.length);
        System.arraycopy(other, cut, copy, cut, other.length - cut);
        return copy;
    }

    private byte[] resized(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.max(1, bytes.length + random.nextInt(64) - 32));
    }

    /** One to three operations on whole elements. */
    private byte[] operated(byte[] message) throws BerException {
        Node root = Node.read(message);
        for (int i = random.nextInt(3); i >= 0; i--) {
            operate(root);
        }
        return root.encoded();
    }

    private void operate(Node root) throws BerException {
        List<Node> parents =
                root.all().stream().filter(node -> !node.children.isEmpty()).toList();
        if (parents.isEmpty()) {
            return;
        }
        List<Node> children = any(parents).children;
        int at = random.nextInt(children.size());
        switch (random.nextInt(7)) {
            case 0 -> children.remove(at);
            case 1 -> children.add(children.get(at).copy());
            case 2 -> Collections.swap(children, at, random.nextInt(children.size()));
            case 3 -> children.set(at, any(root.all()).copy());
            case 4 -> children.set(at, any(Node.read(any(corpus).message()).all()));
            case 5 -> children.get(at).tag ^= 1 << random.nextInt(8);
            default -> children.get(at).content = rewritten(children.get(at).content);
        }
    }

    private byte[] rewritten(byte[] content) {
        byte[] copy = Arrays.copyOf(content, Math.max(1, content.length + random.nextInt(3) - 1));
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        return copy;
    }
}
