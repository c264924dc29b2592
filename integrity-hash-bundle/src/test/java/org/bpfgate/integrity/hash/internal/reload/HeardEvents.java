package org.bpfgate.integrity.hash.internal.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What was told about lists. */
final class HeardEvents implements AllowlistEvents {
    /** One line for each call about one list. */
    final List<String> lines = new ArrayList<>();

    private List<AllowlistState> lists = List.of();
    private List<String> others = List.of();

    @Override
    public void taken(AllowlistState list) {
        lines.add("taken " + list.description());
    }

    @Override
    public void refused(AllowlistState list, String problem) {
        lines.add("refused " + problem + "; " + list.consequence());
    }

    @Override
    public void inUse(List<AllowlistState> all, List<String> problems) {
        lists = all;
        others = problems;
    }

    /** What is wrong besides that. */
    List<String> others() {
        return others;
    }

    /** What is wrong with files now. */
    List<String> problems() {
        return lists.stream()
                .map(AllowlistState::problem)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }
}
