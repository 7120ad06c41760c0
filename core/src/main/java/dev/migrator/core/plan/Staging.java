package dev.migrator.core.plan;

import dev.migrator.core.environment.Bake;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Rollout;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Into which phase a resource goes, and for how long each phase bakes. Stages are numbered from 0; the last one is of what no
 * other selects.
 *
 * @param rest bake of the last stage
 * @param least bake of every stage at least
 * @param declared whether a rollout says so
 */
record Staging(List<Rollout.Stage> stages, Bake rest, Bake least, boolean declared) {
    private static final String ALL = "all";

    /** Where no rollout says more. */
    private static final Rollout.Stage CANARY = new Rollout.Stage(
            "canary",
            Optional.of(LabelSelector.parse("tier=canary")),
            Collections.emptySortedSet(),
            Bake.NONE,
            Resource.Source.UNKNOWN);

    static Staging of(Environment environment, Optional<Rollout> rollout) {
        return rollout.map(declared -> new Staging(declared.stages(), declared.rest(), environment.bake(), true))
                .orElseGet(() -> new Staging(List.of(CANARY), Bake.NONE, environment.bake(), false));
    }

    int of(Resource resource) {
        int stage = 0;
        while (stage < stages.size() && !stages.get(stage).selects(resource)) {
            stage++;
        }
        return stage;
    }

    /**
     * The phase of a plan that a stage becomes.
     *
     * @param alone whether no other stage becomes one
     */
    Phase phase(int stage, int number, boolean alone, List<Batch> batches, List<SmokeCheck> checks) {
        if (stage == stages.size()) {
            var name = alone && !declared ? ALL : Rollout.REST;
            return new Phase(number, name, batches, checks, "", rest.orLonger(least));
        }
        var of = stages.get(stage);
        var selects = declared ? of.selection() : "";
        return new Phase(number, of.name(), batches, checks, selects, of.bake().orLonger(least));
    }
}
