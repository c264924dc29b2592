package org.bpfgate.framework.internal.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes what a logger logs, as {@code LEVEL text}, and keeps it from the console. */
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Takes the log from now on. */
    public LogLines(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
        logger.setLevel(Level.INFO);
        logger.setUseParentHandlers(false);
    }

    /** Returns the lines so far; one with a stack trace ends in that exception. */
    public List<String> lines() {
        return lines;
    }

    /** Returns the lines since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void publish(LogRecord line) {
        String thrown = line.getThrown() == null ? "" : " " + line.getThrown();
        lines.add(line.getLevel() + " " + line.getMessage() + thrown);
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    /** Gives the log back. */
    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
    }
}
