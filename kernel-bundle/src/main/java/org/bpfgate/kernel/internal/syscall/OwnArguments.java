package org.bpfgate.kernel.internal.syscall;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of words that stand at the end of this process's own command line. The JVM decodes its arguments, and what is not text in its
 * encoding does not survive that.
 */
final class OwnArguments {
    private OwnArguments() {}

    /** Returns the words as bytes: those at the end of the command line as they are there, the others encoded. */
    static List<byte[]> bytes(List<String> words, Charset encoding) {
        try {
            return bytes(words, encoding, Files.readAllBytes(Path.of("/proc/self/cmdline")));
        } catch (IOException e) {
            return encoded(words, encoding);
        }
    }

    /**
     * Returns the words as bytes.
     *
     * @param commandLine arguments that each end with a zero byte, as proc_pid_cmdline(5) has them
     */
    static List<byte[]> bytes(List<String> words, Charset encoding, byte[] commandLine) {
        List<byte[]> arguments = split(commandLine);
        List<byte[]> bytes = encoded(words, encoding);
        int behind = arguments.size() - words.size();
        for (int i = words.size() - 1; i >= 0 && i + behind >= 0; i--) {
            byte[] argument = arguments.get(i + behind);
            if (!new String(argument, encoding).equals(words.get(i))) {
                break;
            }
            bytes.set(i, argument);
        }
        return bytes;
    }

    private static List<byte[]> split(byte[] commandLine) {
        List<byte[]> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                arguments.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return arguments;
    }

    private static List<byte[]> encoded(List<String> words, Charset encoding) {
        List<byte[]> bytes = new ArrayList<>();
        for (String word : words) {
            bytes.add(word.getBytes(encoding));
        }
        return bytes;
    }
}
