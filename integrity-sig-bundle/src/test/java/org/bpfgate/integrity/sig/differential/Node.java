package org.bpfgate.integrity.sig.differential;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Element;

/** An element of a message that can be operated on; the lengths around it follow when the tree is written again. */
final class Node {
    /** The bit of constructed encodings; the contents of others are left as they are. */
    private static final int CONSTRUCTED = 0x20;

    int tag;
    byte[] content = {};
    final List<Node> children = new ArrayList<>();

    private Node(int tag) {
        this.tag = tag;
    }

    static Node read(byte[] message) throws BerException {
        return read(new BerReader(message).next("a message"));
    }

    private static Node read(Element element) throws BerException {
        Node node = new Node(element.tag());
        if ((node.tag & CONSTRUCTED) == 0) {
            node.content = element.content();
            return node;
        }
        BerReader parts = element.children();
        while (parts.hasNext()) {
            node.children.add(read(parts.next("a part")));
        }
        return node;
    }

    Node copy() {
        Node copy = new Node(tag);
        copy.content = content.clone();
        children.forEach(child -> copy.children.add(child.copy()));
        return copy;
    }

    /** Returns this node and all below it. */
    List<Node> all() {
        List<Node> all = new ArrayList<>(List.of(this));
        children.forEach(child -> all.addAll(child.all()));
        return all;
    }

    byte[] encoded() {
        return (tag & CONSTRUCTED) == 0
                ? Der.element(tag, content)
                : Der.element(tag, children.stream().map(Node::encoded).toArray(byte[][]::new));
    }
}
