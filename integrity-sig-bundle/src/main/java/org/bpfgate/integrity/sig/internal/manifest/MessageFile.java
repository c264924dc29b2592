package org.bpfgate.integrity.sig.internal.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.file.PemBlock;
import org.bpfgate.integrity.sig.internal.file.PemReader;

/** Takes a CMS message out of its PEM wrapping, if it has one. */
final class MessageFile {
    /** RFC 7468, 8 and 9; OpenSSL writes either, depending on the command. */
    private static final Set<String> LABELS = Set.of("CMS", "PKCS7");

    private MessageFile() {}

    /**
     * Returns the message in BER.
     *
     * @param bytes the message as it was kept; a BER message starts with a SEQUENCE and is returned as it is
     * @throws BerException when it is PEM without exactly one message
     */
    static byte[] unwrapped(byte[] bytes) throws BerException {
        boolean isBer = bytes.length > 0 && bytes[0] == Tag.SEQUENCE;
        if (isBer || !PemReader.isPem(bytes)) {
            return bytes;
        }
        List<PemBlock> messages = new ArrayList<>();
        for (PemBlock block : blocks(bytes)) {
            if (LABELS.contains(block.label())) {
                messages.add(block);
            }
        }
        if (messages.size() != 1) {
            throw new BerException("the PEM text holds " + messages.size() + " CMS messages, and one is expected");
        }
        return messages.get(0).content();
    }

    private static List<PemBlock> blocks(byte[] bytes) throws BerException {
        try {
            return PemReader.read(Path.of("PEM"), bytes);
        } catch (InputFileException e) {
            throw new BerException(e.what());
        }
    }
}
