package org.bpfgate.serve.internal.module;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.serve.internal.store.ModuleIndex;
import org.bpfgate.serve.internal.store.Slot;
import org.bpfgate.serve.internal.store.Source;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;

/** The modules as an operator sees them: those of the stack in its order, then those that are missing, stopped or not ready. */
final class ModuleTable {
    private final SecurityHooks hooks;
    private final StackAdmin admin;
    private final ModuleBundles bundles;
    private final Transaction state;

    ModuleTable(SecurityHooks hooks, StackAdmin admin, ModuleBundles bundles, Transaction state) {
        this.hooks = hooks;
        this.admin = admin;
        this.bundles = bundles;
        this.state = state;
    }

    /**
     * Returns the rows of one generation.
     *
     * @param stack the generation
     */
    List<Map<String, Object>> rows(ModuleStack stack) {
        ModuleIndex index = state.index();
        Set<String> required = new HashSet<>(admin.required());
        Map<String, Boolean> health = new LinkedHashMap<>();
        admin.health().forEach(each -> health.put(each.lsm().name(), each.isHealthy()));
        List<Map<String, Object>> rows = new ArrayList<>();
        Set<String> there = new HashSet<>();
        for (ModuleStack.Entry entry : stack.modules()) {
            String name = entry.lsm().name();
            there.add(name);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("order", rows.size() + 1);
            row.put("name", name);
            row.put("ranking", entry.ranking());
            row.put("bundle", entry.bundle());
            row.put("version", entry.version());
            row.put("sha256", entry.sha256());
            row.put("signer", signer(entry, index));
            row.put("required", required.contains(name));
            row.put("state", health.getOrDefault(name, true) ? "healthy" : "unhealthy");
            rows.add(row);
        }
        addOthers(rows, there, required, index);
        return rows;
    }

    private void addOthers(List<Map<String, Object>> rows, Set<String> there, Set<String> required, ModuleIndex index) {
        for (Slot slot : index.sorted()) {
            boolean isWaiting = slot.started() && slot.modules().isEmpty();
            for (String name : isWaiting ? List.of(slot.name()) : slot.modules()) {
                if (there.add(name)) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("name", name);
                    row.put("bundle", slot.current().bundle());
                    row.put("version", slot.current().version());
                    row.put("signer", slot.current().signer());
                    row.put("required", required.contains(name));
                    row.put("state", slot.started() ? isWaiting ? "waiting" : "missing" : "stopped");
                    rows.add(row);
                }
            }
        }
        for (String name : admin.missing()) {
            if (there.add(name)) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", name);
                row.put("required", true);
                row.put("state", "missing");
                rows.add(row);
            }
        }
    }

    private String signer(ModuleStack.Entry entry, ModuleIndex index) {
        for (Slot slot : index.slots().values()) {
            Source current = slot.current();
            if (current.bundle().equals(entry.bundle()) && current.version().equals(entry.version())) {
                return current.signer();
            }
        }
        return bundles.ofDistribution(entry.bundle()).isPresent() ? Source.DISTRIBUTION : "unknown";
    }

    /** Returns the rows of the present generation. */
    List<Map<String, Object>> rows() {
        return rows(hooks.stack());
    }
}
