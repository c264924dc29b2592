package org.bpfgate.policy.ipe.internal.service;

import java.util.Arrays;
import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.hook.IpeModule;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.SettingsInForce;
import org.bpfgate.stack.CandidateModules;
import org.jspecify.annotations.Nullable;

/** Makes a second module {@code ipe} that decides by another policy of the setting {@value PolicySettings#POLICY}. */
public final class CandidatePolicies implements CandidateModules {
    private final PolicyConfiguration configuration;
    private final IpeRegistration module;

    public CandidatePolicies(PolicyConfiguration configuration, IpeRegistration module) {
        this.configuration = configuration;
        this.module = module;
    }

    @Override
    public Candidate make(Map<String, String> changes) throws SettingException {
        String path = changes.get(PolicySettings.POLICY);
        if (path == null || changes.size() != 1) {
            throw new SettingException(
                    String.join(", ", changes.keySet()),
                    "a candidate of module ipe has another " + PolicySettings.POLICY + ", and no other setting");
        }
        requireSetting();
        Policy policy = read(path);
        return new ConfiguredPolicy(path, policy, module.another(policy));
    }

    /** A policy that was activated decides whatever the setting says. */
    private void requireSetting() throws SettingException {
        try {
            if (module.store().isActivated()) {
                throw new SettingException(
                        PolicySettings.POLICY,
                        "a policy that was activated in the state directory decides, and not this setting: compare the"
                                + " two with bpfgate policy diff, and load and activate the new one");
            }
        } catch (PolicyException e) {
            throw new SettingException(PolicySettings.STATE, e.getMessage() + " (" + e.errno() + ")", e);
        }
    }

    private @Nullable Dialect dialect() {
        Object label = configuration.inForce().value(PolicySettings.DIALECT);
        return label == null ? null : Dialect.byLabel(label.toString());
    }

    private Policy read(String path) throws SettingException {
        try {
            return PolicyFile.read(path, dialect(), module.store()::signatures);
        } catch (PolicyFileException e) {
            throw new SettingException(PolicySettings.POLICY, String.valueOf(e.getMessage()), e);
        }
    }

    /** An instance with a policy, and the setting that names it. */
    private final class ConfiguredPolicy implements Candidate {
        private final String path;
        private final Policy policy;
        private final IpeModule instance;
        private SettingsInForce.@Nullable Undo undo;

        ConfiguredPolicy(String path, Policy policy, IpeModule instance) {
            this.path = path;
            this.policy = policy;
            this.instance = instance;
        }

        @Override
        public SecurityModule module() {
            return instance;
        }

        @Override
        public synchronized Map<String, String> adopt() throws SettingException {
            Policy now = read(path);
            if (!Arrays.equals(now.text(), policy.text()) || now.dialect() != policy.dialect()) {
                throw new SettingException(
                        PolicySettings.POLICY, path + " has changed since the candidate was started: start it again");
            }
            requireSetting();
            undo = configuration.inForce().change(Map.of(PolicySettings.POLICY, path));
            return Map.of(PolicySettings.POLICY, path);
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
