package org.bpfgate.policy.ipe.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bpfgate.policy.PolicyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that changes the state without pause, and looks at what it left: the state of the last step that it
 * reported as done, or of the one after it. How often: the property {@code bpfgate.crash.kills}.
 */
class AStateSurvivesKillAtAnyMomentTest {
    private static final int KILLS = Integer.getInteger("bpfgate.crash.kills", 5);

    /** Longer than a step takes, so that every part of one is hit. */
    private static final int LONGEST_MICROS = 20_000;

    @TempDir
    Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void theStateIsTheOldOrTheNewOneNeverHalfAndNeverOlderThanReported() throws Exception {
        int done = -1;
        int ahead = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            int reported = runAndKill(done + 1);
            List<String> found = state();
            assertThat(found)
                    .as("kill %d of seed %d, after step %d", kill, seed, reported)
                    .isIn(CrashScript.after(reported), CrashScript.after(reported + 1));
            boolean unreported = found.equals(CrashScript.after(reported + 1));
            ahead += unreported ? 1 : 0;
            done = unreported ? reported + 1 : reported;
        }
        System.out.println("policy store: " + KILLS + " kills in " + (done + 1) + " changes, " + ahead
                + " of them between a change and its report; the state was always readable and never older");
    }

    /** Returns the last step that the child reported. */
    private int runAndKill(int first) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingChild.class.getName(),
                        directory.toString(),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int reported = first - 1;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            int enough = first + random.nextInt(10);
            while (reported < enough) {
                String line = lines.readLine();
                assertThat(line).as("the child died by itself").isNotNull();
                reported = Integer.parseInt(line);
            }
            assertThat(child.waitFor(random.nextInt(LONGEST_MICROS), TimeUnit.MICROSECONDS))
                    .isFalse();
            // Through the handle, as the process itself would close the stream that has the last reports.
            child.toHandle().destroyForcibly();
            child.waitFor();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                reported = Integer.parseInt(line);
            }
        } finally {
            child.destroyForcibly();
        }
        return reported;
    }

    /** A new process sees the policies, and the active one is good. */
    private List<String> state() throws PolicyException {
        Machine machine = new Machine(directory);
        machine.restart();
        List<String> loaded = machine.loaded();
        assertThat(loaded.stream().anyMatch(policy -> policy.equals(machine.deciding() + " *")))
                .isEqualTo(!machine.deciding().equals("none"));
        return loaded;
    }
}
