package org.bpfgate.integrity.hash.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.hash.internal.compile.AllowlistCompilerService;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.AllowlistModule;
import org.bpfgate.integrity.hash.internal.list.Lists;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AChangedFileIsReloadedOrReportedTest {
    @TempDir
    private Path directory;

    private final AllowlistModule module = new AllowlistModule();
    private final AllowlistLoader loader = new AllowlistLoader(() -> null);
    private final HeardEvents events = new HeardEvents();
    private final AllowlistManager lists = new AllowlistManager(module::use, loader, events);
    private Path list;

    @BeforeEach
    void compileAndUse() throws ListException, IOException, AllowlistException {
        list = directory.resolve("list");
        compile(1);
        lists.use(new AllowlistPaths(List.of(list), List.of(), false));
        assertThat(report(1)).isEqualTo("OK (listed: type xdp in compiled list " + list + ")");
    }

    @Test
    void aNewListIsTaken() throws IOException, ListException {
        compile(2);
        assertThat(report(2)).startsWith("UNEXPECTED (listed digest differs: name count type xdp in compiled list ");
        lists.reloadIfChanged();
        assertThat(report(2)).startsWith("OK");
        assertThat(report(1)).startsWith("UNEXPECTED");
        assertThat(events.problems()).isEmpty();
    }

    @Test
    void aTruncatedListIsReportedAndTheLastGoodOneStays() throws IOException, ListException {
        byte[] good = Files.readAllBytes(list);
        Path draft = Files.write(directory.resolve("draft"), Arrays.copyOf(good, good.length - 1));
        Files.move(draft, list, StandardCopyOption.REPLACE_EXISTING);
        lists.reloadIfChanged();
        assertThat(events.problems()).containsExactly(list + ": has 20479 bytes, but its header tells 20480");
        assertThat(report(1)).startsWith("OK");
        compile(2);
        lists.reloadIfChanged();
        assertThat(events.problems()).isEmpty();
        assertThat(report(2)).startsWith("OK");
    }

    @Test
    void aListThatMustBeSignedIsRefused() {
        assertThatThrownBy(() -> lists.use(new AllowlistPaths(List.of(list), List.of(), true)))
                .isInstanceOf(AllowlistException.class)
                .hasMessage(list + ":1:1: is not signed, and lists must be");
        assertThat(report(1)).startsWith("OK");
    }

    private void compile(int number) throws IOException, ListException {
        Path text = Files.writeString(
                directory.resolve("text"), Lists.hex(Lists.returning(number)) + "  count # type=xdp\n");
        assertThat(new AllowlistCompilerService(loader)
                        .compile(ListInputs.of(text), list, Lists.UNHEARD, warning -> {}))
                .isEqualTo(1);
    }

    private String report(int number) {
        IntegrityReport[] report = new IntegrityReport[1];
        ProgramLoad load = ProgramLoad.of(Lists.program("count", ProgramType.XDP, Lists.returning(number)));
        module.bpfProgLoadIntegrity(load, made -> {
            report[0] = made;
            return HookResult.ALLOW;
        });
        return report[0].toString();
    }
}
