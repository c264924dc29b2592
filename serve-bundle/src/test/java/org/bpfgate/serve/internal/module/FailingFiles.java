package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bpfgate.serve.internal.store.StoreFiles;

/** Files of which one step fails, as on a full disk. */
final class FailingFiles extends StoreFiles implements TestGate.StepOfSettings {
    private int step;
    private int failing;
    private String failed = "";

    /** The steps are counted from here; the one with this number fails, 0 for none. */
    void fail(int number) {
        step = 0;
        failing = number;
        failed = "";
    }

    /** Returns how many steps there were. */
    int steps() {
        return step;
    }

    /** Returns the name of the step that failed. */
    String failed() {
        return failed;
    }

    private void step(String name) throws IOException {
        if (++step == failing) {
            failed = name;
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void settings(String pid) throws IOException {
        step("settings");
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        step("create");
        return super.create(file);
    }

    @Override
    public void write(FileChannel file, ByteBuffer content) throws IOException {
        step("write");
        super.write(file, content);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        step("sync");
        super.sync(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename");
        super.rename(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step("syncDirectory");
        super.syncDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete");
        super.delete(file);
    }
}
