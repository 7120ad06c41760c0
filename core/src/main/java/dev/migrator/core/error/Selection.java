package dev.migrator.core.error;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** A few of many problems: some of each kind, so that a flood of one hides no other. */
public final class Selection {
    private Selection() {}

    /**
     * As many as there is room for, taking in turn one of each code; the last one counts what is left out, by code.
     *
     * @param most from 2
     * @return in the order in which they came
     */
    public static List<Problem> of(List<Problem> problems, int most) {
        if (problems.size() <= most) {
            return List.copyOf(problems);
        }
        var byCode = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < problems.size(); i++) {
            byCode.computeIfAbsent(problems.get(i).code(), _ -> new ArrayList<>())
                    .add(i);
        }
        var kept = new boolean[problems.size()];
        int room = most - 1;
        for (int turn = 0; room > 0; turn++) {
            for (var places : byCode.values()) {
                if (turn < places.size() && room > 0) {
                    kept[places.get(turn)] = true;
                    room--;
                }
            }
        }
        var selected = new ArrayList<Problem>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                selected.add(problems.get(i));
            }
        }
        selected.add(leftOut(problems, kept));
        return selected;
    }

    private static Problem leftOut(List<Problem> problems, boolean[] kept) {
        var counts = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < kept.length; i++) {
            if (!kept[i]) {
                counts.merge(problems.get(i).code(), 1, Integer::sum);
            }
        }
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return Problem.of("PLN-MORE-FINDINGS", "there are more findings than are shown")
                .found(all + " more: "
                        + counts.entrySet().stream()
                                .limit(20)
                                .map(count -> count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining(", ")))
                .todo("correct these, then look again");
    }
}
