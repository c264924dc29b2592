package org.bpfgate.integrity.hash.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.AllowlistModule;
import org.bpfgate.integrity.hash.internal.reload.AllowlistManager;
import org.bpfgate.integrity.hash.internal.reload.AllowlistPaths;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.SettingsInForce;
import org.bpfgate.stack.CandidateModules;
import org.jspecify.annotations.Nullable;

/** Makes a second module {@code allowlist} with other lists of allowed programs, read once, and the revocations in force. */
final class CandidateLists implements CandidateModules {
    private final AllowlistConfiguration configuration;
    private final AllowlistLoader loader;

    CandidateLists(AllowlistConfiguration configuration, AllowlistLoader loader) {
        this.configuration = configuration;
        this.loader = loader;
    }

    @Override
    public Candidate make(Map<String, String> changes) throws SettingException {
        String names = changes.get(AllowlistConfiguration.LISTS);
        if (names == null || changes.size() != 1) {
            throw new SettingException(
                    String.join(", ", new TreeSet<>(changes.keySet())),
                    "a candidate of module allowlist has other " + AllowlistConfiguration.LISTS
                            + ", and no other setting");
        }
        AllowlistPaths inUse = configuration.inUse();
        List<Path> files = List.of(names.split(",")).stream().map(Path::of).toList();
        AllowlistModule instance = new AllowlistModule();
        AllowlistManager lists = new AllowlistManager(instance::use, loader);
        try {
            lists.use(new AllowlistPaths(files, inUse.revoked(), inUse.mustBeSigned(), false));
        } catch (AllowlistException e) {
            throw new SettingException(AllowlistConfiguration.LISTS, String.valueOf(e.getMessage()), e);
        }
        return new ConfiguredLists(names, instance);
    }

    /** An instance with lists, and the setting that names them. */
    private final class ConfiguredLists implements Candidate {
        private final String names;
        private final AllowlistModule instance;
        private SettingsInForce.@Nullable Undo undo;

        ConfiguredLists(String names, AllowlistModule instance) {
            this.names = names;
            this.instance = instance;
        }

        @Override
        public SecurityModule module() {
            return instance;
        }

        @Override
        public synchronized Map<String, String> adopt() throws SettingException {
            Map<String, String> changes = Map.of(AllowlistConfiguration.LISTS, names);
            undo = configuration.inForce().change(changes);
            return changes;
        }

        @Override
        public synchronized void revert() throws SettingException {
            if (undo != null) {
                undo.run();
                undo = null;
            }
        }
    }
}
