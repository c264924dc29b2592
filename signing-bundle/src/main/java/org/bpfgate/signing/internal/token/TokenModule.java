package org.bpfgate.signing.internal.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpfgate.integrity.SigningException;

/**
 * What a PKCS#11 module tells of its tokens without a PIN. The JDK's provider tells neither the label of a token nor the identifier of an
 * object, and a PIN that goes to the wrong token uses up one of its few tries.
 *
 * <p>Layouts as in PKCS#11 3.0, {@code pkcs11t.h}, on 64-bit Linux.
 */
@SuppressWarnings("restricted") // This is what native access is allowed for.
final class TokenModule implements AutoCloseable {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private static final long INITIALIZE = 0;
    private static final long FINALIZE = 1;
    private static final long GET_SLOT_LIST = 4;
    private static final long GET_TOKEN_INFO = 6;
    private static final long OPEN_SESSION = 12;
    private static final long GET_ATTRIBUTE_VALUE = 24;
    private static final long FIND_OBJECTS_INIT = 26;
    private static final long FIND_OBJECTS = 27;

    private static final long OK = 0;

    /** {@code CKR_CRYPTOKI_ALREADY_INITIALIZED}: by the JDK's provider, in this process. */
    private static final long ALREADY_INITIALIZED = 0x191;

    private static final long SERIAL_SESSION = 4;
    private static final long CLASS = 0;
    private static final long VALUE = 0x11;
    private static final long ID = 0x102;
    private static final long CERTIFICATE = 1;

    /** {@code sizeof(CK_TOKEN_INFO)}, and where its fields are. */
    private static final long TOKEN_INFO = 208;

    private static final long FLAGS = 96;

    /** {@code sizeof(CK_ATTRIBUTE)}: type, pointer, length. */
    private static final long ATTRIBUTE = 24;

    private static final int MOST_SLOTS = 256;
    private static final int MOST_BYTES = 1 << 16;

    private final Path path;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment functions;
    private boolean isMine;

    private TokenModule(Path path) throws SigningException {
        this.path = path;
        requireLibrary(path);
        try {
            MemorySegment list = SymbolLookup.libraryLookup(path, arena)
                    .find("C_GetFunctionList")
                    .orElseThrow(() -> new SigningException(path + ": is no PKCS#11 module"));
            MemorySegment place = arena.allocate(ADDRESS);
            long result = (long) Linker.nativeLinker()
                    .downcallHandle(list, FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                    .invokeExact(place);
            if (result != OK) {
                throw fault("C_GetFunctionList", result);
            }
            functions = place.get(ADDRESS, 0).reinterpret(70 * ADDRESS.byteSize());
        } catch (IllegalArgumentException e) {
            throw new SigningException(path + ": cannot be loaded as a PKCS#11 module: " + e.getMessage(), e);
        } catch (SigningException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JVM prints warnings of its own about files that are no libraries. */
    private static void requireLibrary(Path path) throws SigningException {
        if (!Files.isRegularFile(path)) {
            throw new SigningException(path + ": no such PKCS#11 module");
        }
        try (InputStream in = Files.newInputStream(path)) {
            if (!Arrays.equals(in.readNBytes(ELF.length), ELF)) {
                throw new SigningException(path + ": is no PKCS#11 module: not a shared library");
            }
        } catch (IOException e) {
            throw new SigningException(path + ": cannot be read as a PKCS#11 module", e);
        }
    }

    /** Loads a module. */
    static TokenModule open(Path path) throws SigningException {
        TokenModule module = new TokenModule(path);
        try {
            long result = module.invoke(INITIALIZE, MemorySegment.NULL);
            if (result != OK && result != ALREADY_INITIALIZED) {
                throw module.fault("C_Initialize", result);
            }
            module.isMine = result == OK;
            return module;
        } catch (SigningException e) {
            module.close();
            throw e;
        }
    }

    /** Returns the tokens that are there. */
    List<Token> tokens() throws SigningException {
        MemorySegment count = arena.allocate(JAVA_LONG);
        count.set(JAVA_LONG, 0, MOST_SLOTS);
        MemorySegment slots = arena.allocate(JAVA_LONG, MOST_SLOTS);
        call("C_GetSlotList", GET_SLOT_LIST, (byte) 1, slots, count);
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < Math.min(count.get(JAVA_LONG, 0), MOST_SLOTS); i++) {
            long slot = slots.getAtIndex(JAVA_LONG, i);
            MemorySegment info = arena.allocate(TOKEN_INFO, Long.BYTES);
            call("C_GetTokenInfo", GET_TOKEN_INFO, slot, info);
            Token token = new Token(
                    slot,
                    text(info, 0, 32),
                    text(info, 32, 32),
                    text(info, 64, 16),
                    text(info, 80, 16),
                    info.get(JAVA_LONG, FLAGS));
            if (token.isInitialized()) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    /** Texts are padded with blanks. */
    private static String text(MemorySegment info, long offset, int length) {
        byte[] bytes = info.asSlice(offset, length).toArray(JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }

    /** Returns the certificate with an identifier, which the private key has too; empty when the token shows none. */
    Optional<byte[]> certificate(Token token, byte[] id) throws SigningException {
        MemorySegment session = arena.allocate(JAVA_LONG);
        call(
                "C_OpenSession",
                OPEN_SESSION,
                token.slot(),
                SERIAL_SESSION,
                MemorySegment.NULL,
                MemorySegment.NULL,
                session);
        long handle = session.get(JAVA_LONG, 0);
        MemorySegment type = arena.allocateFrom(JAVA_LONG, CERTIFICATE);
        MemorySegment template = arena.allocate(2 * ATTRIBUTE, Long.BYTES);
        attribute(template, 0, CLASS, type);
        attribute(template, 1, ID, arena.allocateFrom(JAVA_BYTE, id));
        call("C_FindObjectsInit", FIND_OBJECTS_INIT, handle, template, 2L);
        MemorySegment object = arena.allocate(JAVA_LONG);
        MemorySegment count = arena.allocate(JAVA_LONG);
        call("C_FindObjects", FIND_OBJECTS, handle, object, 1L, count);
        if (count.get(JAVA_LONG, 0) == 0) {
            return Optional.empty();
        }
        MemorySegment value = arena.allocate(MOST_BYTES);
        attribute(template, 0, VALUE, value);
        call("C_GetAttributeValue", GET_ATTRIBUTE_VALUE, handle, object.get(JAVA_LONG, 0), template, 1L);
        return Optional.of(value.asSlice(0, template.get(JAVA_LONG, 16)).toArray(JAVA_BYTE));
    }

    private static void attribute(MemorySegment template, int index, long type, MemorySegment value) {
        template.set(JAVA_LONG, index * ATTRIBUTE, type);
        template.set(ADDRESS, index * ATTRIBUTE + 8, value);
        template.set(JAVA_LONG, index * ATTRIBUTE + 16, value.byteSize());
    }

    private void call(String name, long function, Object... arguments) throws SigningException {
        long result = invoke(function, arguments);
        if (result != OK) {
            throw fault(name, result);
        }
    }

    private SigningException fault(String name, long result) {
        return new SigningException(path + ": " + name + " failed with 0x" + Long.toHexString(result));
    }

    /** Calls the function with that number in {@code CK_FUNCTION_LIST}, whose pointers begin behind the version. */
    private long invoke(long function, Object... arguments) {
        MemoryLayout[] types = new MemoryLayout[arguments.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = arguments[i] instanceof MemorySegment
                    ? ADDRESS
                    : arguments[i] instanceof Byte ? JAVA_BYTE : JAVA_LONG;
        }
        try {
            return (long) Linker.nativeLinker()
                    .downcallHandle(
                            functions.get(ADDRESS, (function + 1) * ADDRESS.byteSize()),
                            FunctionDescriptor.of(JAVA_LONG, types))
                    .invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends its sessions, and unloads it. */
    @Override
    public void close() {
        if (isMine) {
            invoke(FINALIZE, MemorySegment.NULL);
        }
        arena.close();
    }
}
