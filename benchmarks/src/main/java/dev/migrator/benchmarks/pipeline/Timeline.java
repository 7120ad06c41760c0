package dev.migrator.benchmarks.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Everything that was said of one migration, in the order of the times at which it was published. */
record Timeline(List<Mark> marks) {
    Timeline {
        marks = marks.stream().sorted(Comparator.comparingLong(Mark::at)).toList();
    }

    /** From the change to the last status. */
    long total() {
        return marks.isEmpty() ? 0 : marks.getLast().at() - marks.getFirst().at();
    }

    /** From the first of one type to the last of another; none if one of them was never said. */
    OptionalLong between(String first, String last) {
        var from = marks.stream().filter(mark -> mark.what().equals(first)).findFirst();
        var to = marks.reversed().stream()
                .filter(mark -> mark.what().equals(last))
                .findFirst();
        return from.isPresent() && to.isPresent()
                ? OptionalLong.of(to.get().at() - from.get().at())
                : OptionalLong.empty();
    }

    int count(String what) {
        return (int) marks.stream().filter(mark -> mark.what().equals(what)).count();
    }
}
