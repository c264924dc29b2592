package org.bpfgate.integrity.sig.sign.internal;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.asn1.internal.BerReader;
import org.bpfgate.integrity.sig.asn1.internal.Der;
import org.bpfgate.integrity.sig.asn1.internal.Element;
import org.bpfgate.integrity.sig.asn1.internal.Oid;
import org.bpfgate.integrity.sig.asn1.internal.Tag;
import org.bpfgate.integrity.sig.file.internal.InputFile;
import org.bpfgate.integrity.sig.file.internal.InputFileException;
import org.bpfgate.integrity.sig.file.internal.PemBlock;
import org.bpfgate.integrity.sig.file.internal.PemReader;
import org.bpfgate.integrity.sig.x509.internal.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/** Reads an unencrypted private key from a PEM file, in its PKCS#8 form or in the traditional ones. */
final class PrivateKeyFile {
    private static final Oid EC_PUBLIC_KEY = Oid.of("2a8648ce3d0201");

    private final Path file;

    private PrivateKeyFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a key.
     *
     * @return the first key in the file
     * @throws InputFileException when there is none, it is encrypted, or neither an RSA nor an EC key
     */
    static PrivateKey read(Path file) throws InputFileException {
        return new PrivateKeyFile(file).read();
    }

    private PrivateKey read() throws InputFileException {
        for (PemBlock block : PemReader.read(file, InputFile.read(file))) {
            if (block.label().equals("ENCRYPTED PRIVATE KEY") || (isKey(block) && block.hasHeaders())) {
                throw new InputFileException(file, block.line(), "encrypted private keys are not supported");
            }
            if (isKey(block)) {
                return read(block);
            }
        }
        throw new InputFileException(file, "holds no private key in PEM");
    }

    private static boolean isKey(PemBlock block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    private PrivateKey read(PemBlock block) throws InputFileException {
        try {
            byte[] pkcs8 = pkcs8(block);
            return KeyFactory.getInstance(algorithm(pkcs8)).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (BerException e) {
            throw new InputFileException(file, block.line(), "not a usable private key: " + e.what());
        } catch (GeneralSecurityException e) {
            throw new InputFileException(file, block.line(), "not a usable private key");
        }
    }

    private static byte[] pkcs8(PemBlock block) throws BerException {
        return switch (block.label()) {
            case "PRIVATE KEY" -> block.content();
            case "RSA PRIVATE KEY" ->
                wrap(Der.sequence(Der.oid(SignatureAlgorithm.RSA.oid()), Der.element(Tag.NULL)), block.content());
            case "EC PRIVATE KEY" ->
                wrap(Der.sequence(Der.oid(EC_PUBLIC_KEY), curve(block.content())), block.content());
            default -> throw new BerException(block.label() + " blocks are not supported");
        };
    }

    /** PrivateKeyInfo of RFC 5208: a version, the algorithm, and the traditional form as an OCTET STRING. */
    private static byte[] wrap(byte[] algorithm, byte[] traditional) {
        return Der.sequence(Der.integer(0), algorithm, Der.element(Tag.OCTET_STRING, traditional));
    }

    /** The curve stands inside the traditional form (RFC 5915). */
    private static byte[] curve(byte[] traditional) throws BerException {
        BerReader fields = fields(traditional);
        fields.next(Tag.INTEGER, "the version of the key");
        fields.next(Tag.OCTET_STRING, "the key");
        return named(fields.nextIf(Tag.context(0), "the curve of the key")).encoded();
    }

    private static Element named(@Nullable Element parameters) throws BerException {
        if (parameters == null) {
            throw new BerException("it does not name its curve");
        }
        return parameters.children().next(Tag.OBJECT_IDENTIFIER, "the name of the curve");
    }

    private static String algorithm(byte[] pkcs8) throws BerException {
        BerReader fields = fields(pkcs8);
        fields.next(Tag.INTEGER, "the version of the key");
        BerReader identifier =
                fields.next(Tag.SEQUENCE, "the algorithm of the key").children();
        Oid oid = Oid.of(identifier.next(Tag.OBJECT_IDENTIFIER, "the algorithm of the key"));
        if (oid.equals(SignatureAlgorithm.RSA.oid())) {
            return "RSA";
        }
        if (oid.equals(EC_PUBLIC_KEY)) {
            return "EC";
        }
        throw new BerException("keys of algorithm " + oid + " are not supported (RSA and EC are)");
    }

    private static BerReader fields(byte[] key) throws BerException {
        return new BerReader(key).next(Tag.SEQUENCE, "a private key").children();
    }
}
