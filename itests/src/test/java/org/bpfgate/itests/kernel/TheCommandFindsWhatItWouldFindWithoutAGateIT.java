package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under {@code bpfgate run} a command has the descriptors, signals, limits and environment that it would have without a gate. */
@LoadsPrograms
class TheCommandFindsWhatItWouldFindWithoutAGateIT {
    /**
     * Descriptors with what they refer to (looked at before there is a pipe, which may take the place of one), signals, umask, limits, directory, environment. Signals 32 and 33 are those of the C library
     * itself: its posix_spawn(3) leaves them ignored, and it takes them when it needs them.
     */
    private static final String TELL = """
            found=
            for fd in /proc/$$/fd/*; do
                [ -e "$fd" ] && [ "${fd##*/}" -lt 10 ] && found="$found$fd $(readlink "$fd");"
            done
            echo "$found" | tr ';' '\\n' | sed "s:/proc/$$/::; s:/bpfgate-it.*::; s:pipe.*::"
            grep -E '^(SigBlk|SigIgn|Umask|NoNewPrivs)' /proc/self/status | sed 's/0000000180/0000000000/'
            ulimit -n; ulimit -Hn; ulimit -c; umask; pwd; cat /proc/self/coredump_filter
            ps -o pgid=,sid=,tty= -p $$
            env | grep -v '^_=' | sort
            """;

    @TempDir
    Path directory;

    private Path policy;
    private Path tell;

    @BeforeEach
    void write() throws IOException {
        policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        tell = Files.writeString(directory.resolve("tell.sh"), TELL);
    }

    /** Runs a shell command under a shell that prepares; "$@" there stands for the gate with its options, or for nothing. */
    private CommandLine.Result under(boolean gate, String preparation, String command) {
        List<Object> words =
                gate ? List.of(Gate.installation().resolve("bin/bpfgate"), "run", "--policy", policy, "--") : List.of();
        return CommandLine.of("setsid", "-w", "sh", "-c", preparation + "; exec \"$@\" " + command, "sh")
                .in(directory)
                .with("home", "mine")
                .with("JAVA", "mine too")
                .run(words.toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "exec 3</dev/null 7>seven 9<>nine",
                "exec 5<tell.sh",
                "exec 0<&-",
                "exec 0<&- 2>&-",
                "trap '' PIPE HUP QUIT USR2; umask 027",
                "ulimit -n 777; ulimit -c 0",
            })
    void descriptorsSignalsLimitsAndEnvironmentAreThoseOfTheStart(String preparation) {
        CommandLine.Result bare = under(false, preparation, "sh " + tell);
        CommandLine.Result gated = under(true, preparation, "sh " + tell);
        assertThat(bare.exitCode()).as("%s", bare).isZero();
        assertThat(withoutSession(gated.stdout())).isEqualTo(withoutSession(bare.stdout()));
    }

    /** The numbers of the session and the process group differ between two runs; that they are one is what counts. */
    private static String withoutSession(String text) {
        StringBuilder lines = new StringBuilder();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split(" +", -1);
            boolean isSession = words.length == 3 && words[0].matches("[0-9]+") && words[1].matches("[0-9]+");
            lines.append(
                            isSession
                                    ? "one group and session: " + words[0].equals(words[1]) + words[2]
                                    : line.stripTrailing())
                    .append('\n');
        }
        return lines.toString();
    }

    @Test
    void aServiceFindsItsOwnProcessIdWhereTheGatesWas() {
        CommandLine.Result started = under(
                true,
                "export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_PIDFDID=5 WATCHDOG_PID=$$ SYSTEMD_EXEC_PID=1; exec 3</dev/null",
                "sh -c 'echo $LISTEN_PID $WATCHDOG_PID $LISTEN_FDS ${LISTEN_PIDFDID-none} $SYSTEMD_EXEC_PID; echo $$; readlink /proc/$$/fd/3'");
        List<String> lines = started.stdout().lines().toList();
        String own = lines.get(1);
        assertThat(lines).as("%s", started).containsExactly(own + " " + own + " 1 none 1", own, "/dev/null");
    }

    @Test
    void processIdsOfOthersStayAsTheyAre() {
        CommandLine.Result started = under(
                true,
                "export LISTEN_PID=1 LISTEN_FDS=1 LISTEN_PIDFDID=5",
                "sh -c 'echo $LISTEN_PID $LISTEN_FDS $LISTEN_PIDFDID'");
        assertThat(started.stdout()).isEqualTo("1 1 5\n");
    }
}
