package org.bpfgate.itests;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes the warnings and errors that the framework logs, so that a test can read it and nobody is alarmed by what was provoked on purpose. */
public final class FrameworkLog extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Level levelBefore;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** Takes the log from now on. */
    public FrameworkLog() {
        this("org.bpfgate.framework");
    }

    /** Takes the log of one PID from now on. */
    public FrameworkLog(String name) {
        logger = Logger.getLogger(name);
        levelBefore = logger.getLevel();
        logger.addHandler(this);
        logger.setLevel(Level.WARNING);
        logger.setUseParentHandlers(false);
    }

    public List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord line) {
        messages.add(line.getMessage());
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    /** Gives the log back. */
    @Override
    public void close() {
        logger.setUseParentHandlers(true);
        logger.setLevel(levelBefore);
        logger.removeHandler(this);
    }
}
