package org.bpfgate.integrity.hash.internal.reload;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.integrity.hash.internal.list.AllowlistModule;
import org.jspecify.annotations.Nullable;

/** Logs when a list is bad and when it is good again, and records every change in the audit trail. */
public final class AllowlistJournal implements AllowlistEvents {
    private static final System.Logger LOG = System.getLogger(AllowlistModule.PID);

    private final Supplier<@Nullable AuditSink> sink;
    private final ListProperties properties;
    private final Set<AllowlistSource> bad = new HashSet<>();

    /**
     * Makes a journal.
     *
     * @param sink gives the place for records; null when there is none at the moment
     * @param properties where programs see the state
     */
    public AllowlistJournal(Supplier<@Nullable AuditSink> sink, ListProperties properties) {
        this.sink = sink;
        this.properties = properties;
    }

    @Override
    public void taken(AllowlistState list) {
        record(AllowlistRecord.taken(list));
        if (bad.remove(list.source())) {
            LOG.log(System.Logger.Level.INFO, list.list().provenance() + ": the list is good again and was taken");
        }
    }

    @Override
    public void refused(AllowlistState list, String problem) {
        record(AllowlistRecord.refused(list, problem));
        bad.add(list.source());
        LOG.log(System.Logger.Level.WARNING, problem + "; " + list.consequence());
    }

    @Override
    public void inUse(List<AllowlistState> lists, List<String> problems) {
        properties.set(
                lists.stream().map(AllowlistState::description).toList(),
                Stream.concat(
                                lists.stream()
                                        .map(AllowlistState::problem)
                                        .filter(Objects::nonNull)
                                        .map(String::valueOf),
                                problems.stream())
                        .toList(),
                lists.stream().flatMap(list -> list.warnings().stream()).toList());
    }

    private void record(AuditRecord record) {
        AuditSink to = sink.get();
        if (to != null && to.isOpen()) {
            to.record(record);
        }
    }

    /** Where programs see which lists are in use, and what is wrong with their files. */
    @FunctionalInterface
    public interface ListProperties {
        /**
         * Replaces what is seen.
         *
         * @param lists one text for each list
         * @param problems one for each list whose file is bad
         * @param warnings what to know about lists that can be used
         */
        void set(List<String> lists, List<String> problems, List<String> warnings);
    }
}
