package dev.migrator.planner.work;

import dev.migrator.core.canonical.Value;
import dev.migrator.policy.Judgement;
import dev.migrator.policy.TrackRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The evidence without which the policies would have decided something else, so that an approver can look at it. Evidence
 * that is added later changes nothing about that: a plan that is made again has the same bytes.
 */
final class ReliedOn {
    private ReliedOn() {}

    /**
     * @param judgement with all of the record
     * @param judge decides with another record
     * @return one sentence for each, in the order in which it was added; none if the decision is the same without any
     */
    static List<String> sentences(TrackRecord record, Judgement judgement, Function<TrackRecord, Judgement> judge) {
        var enough = enough(record, judgement, judge);
        var needed = new ArrayList<Value.Obj>();
        for (var one : enough) {
            var others = new ArrayList<>(enough);
            others.remove(one);
            if (!decidesAs(judgement, judge.apply(new TrackRecord(record.succeededIn(), others)))) {
                needed.add(one);
            }
        }
        // where any one of several would do, all of them are named
        return (needed.isEmpty() ? enough : needed)
                .stream().map(ReliedOn::sentence).toList();
    }

    /** As many of the first as it takes for the same decision. */
    private static List<Value.Obj> enough(
            TrackRecord record, Judgement judgement, Function<TrackRecord, Judgement> judge) {
        var all = record.evidence();
        for (int first = 0; first < all.size(); first++) {
            var some = new TrackRecord(record.succeededIn(), all.subList(0, first));
            if (decidesAs(judgement, judge.apply(some))) {
                return some.evidence();
            }
        }
        return all;
    }

    private static boolean decidesAs(Judgement judgement, Judgement other) {
        return judgement.decidesAs(other);
    }

    private static String sentence(Value.Obj evidence) {
        return "policies rely on evidence " + text(evidence, "kind") + " " + text(evidence, "digest") + " added by "
                + text(evidence, "by") + " at " + text(evidence, "at");
    }

    private static String text(Value.Obj evidence, String name) {
        return ((Value.Text) evidence.get(name)).value();
    }
}
