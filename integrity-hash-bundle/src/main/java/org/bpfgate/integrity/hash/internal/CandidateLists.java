package org.bpfgate.integrity.hash.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.AllowlistModule;
import org.bpfgate.integrity.hash.internal.reload.AllowlistManager;
import org.bpfgate.integrity.hash.internal.reload.AllowlistPaths;
import org.bpfgate.integrity.hash.internal.reload.LossRule;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.SettingsInForce;
import org.bpfgate.stack.CandidateModules;
import org.jspecify.annotations.Nullable;

/** Makes a second module {@code allowlist} with other lists of allowed programs, read once, and the revocations in force. */
final class CandidateLists implements CandidateModules {
    private final AllowlistConfiguration configuration;
    private final AllowlistManager live;
    private final AllowlistLoader loader;
    private final CandidateRevocations revocations;

    CandidateLists(
            AllowlistConfiguration configuration,
            AllowlistManager live,
            AllowlistLoader loader,
            CandidateRevocations revocations) {
        this.configuration = configuration;
        this.live = live;
        this.loader = loader;
        this.revocations = revocations;
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
        AllowlistManager lists = new AllowlistManager(own -> revocations.follow(instance, own), loader);
        try {
            lists.use(new AllowlistPaths(files, List.of(), inUse.mustBeSigned(), false));
        } catch (AllowlistException e) {
            throw new SettingException(AllowlistConfiguration.LISTS, String.valueOf(e.getMessage()), e);
        }
        return new ConfiguredLists(names, instance, lists);
    }

    /** An instance with lists, and the setting that names them. */
    private final class ConfiguredLists implements Candidate {
        private final String names;
        private final AllowlistModule instance;
        private final AllowlistManager lists;
        private SettingsInForce.@Nullable Undo undo;

        ConfiguredLists(String names, AllowlistModule instance, AllowlistManager lists) {
            this.names = names;
            this.instance = instance;
            this.lists = lists;
        }

        @Override
        public SecurityModule module() {
            return instance;
        }

        @Override
        public void requireCurrent() throws SettingException {
            Optional<Path> outdated = lists.outdated();
            if (outdated.isPresent()) {
                throw new SettingException(
                        AllowlistConfiguration.LISTS,
                        outdated.get()
                                + " has changed since the candidate was started, or its signature may be judged otherwise:"
                                + " start it again");
            }
        }

        @Override
        public Optional<String> loss() {
            return live.lossBy(lists);
        }

        @Override
        public synchronized Map<String, String> adopt() throws SettingException {
            requireCurrent();
            // Who promotes it has accepted what is lost.
            undo = configuration
                    .inForce()
                    .change(Map.of(
                            AllowlistConfiguration.LISTS,
                            names,
                            AllowlistConfiguration.MOST_LOST,
                            Integer.toString(LossRule.ANY)));
            return Map.of(AllowlistConfiguration.LISTS, names);
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
