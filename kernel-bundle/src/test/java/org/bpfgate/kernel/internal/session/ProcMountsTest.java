package org.bpfgate.kernel.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mount of procfs is found in proc_pid_mountinfo(5), wherever it is and however its place is written. */
class ProcMountsTest {
    private static List<String> places(String mountinfo) {
        return ProcMounts.places(mountinfo.getBytes(StandardCharsets.UTF_8)).stream()
                .map(place -> new String(place, StandardCharsets.UTF_8))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            22 27 0:21 / /proc rw,relatime - proc proc rw                                | /proc
            22 27 0:21 / /proc rw,relatime shared:13 master:2 - proc none rw,hidepid=2   | /proc
            99 22 0:21 /sys /srv/root/proc/sys ro - proc proc rw                         | /srv/root/proc/sys
            99 22 0:21 / /räder rw - proc proc rw                                        | /räder
            99 22 0:21 / /proc rw -                                                      |
            40 22 0:39 / /proc/sys/fs/binfmt_misc rw - binfmt_misc proc rw               |
            41 22 0:40 / /proc rw - tmpfs proc rw                                        |
            42 22 0:41 / /proc/fs/nfsd rw - procfs nfsd rw                               |
            proc                                                                         |
            - proc proc                                                                  |
            """)
    void aMountOfProcfsIsFound(String line, String place) {
        assertThat(places(line + "\n")).isEqualTo(place == null ? List.of() : List.of(place));
    }

    @Test
    void escapesAreUndone() {
        assertThat(places("99 22 0:21 / /a\\040b\\011c\\012d\\134e rw - proc proc rw\n"))
                .containsExactly("/a b\tc\nd\\e");
        assertThat(places("99 22 0:21 / /a\\04 rw - proc proc rw\n"))
                .as("no escape that the kernel writes")
                .containsExactly("/a\\04");
        assertThat(places("99 22 0:21 / /a\\777 rw - proc proc rw\n"))
                .as("no byte")
                .containsExactly("/a\\777");
    }

    @Test
    void allAreFoundInOrder() {
        assertThat(places("""
                22 27 0:21 / /proc rw shared:1 - proc proc rw
                23 27 0:22 / /sys rw - sysfs sysfs rw
                24 22 0:23 / /proc rw - tmpfs tmpfs rw
                25 24 0:21 / /proc rw - proc proc rw
                """)).containsExactly("/proc", "/proc");
        assertThat(places("")).isEmpty();
    }
}
