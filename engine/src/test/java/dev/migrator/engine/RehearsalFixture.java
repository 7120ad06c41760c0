package dev.migrator.engine;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.StaleReads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A source and a place in memory, with reads that lag, and rehearsals of plans on them. */
abstract class RehearsalFixture {
    static final String PRODUCTION = "production";
    static final PlaceChecks NO_CHECKS = check -> {
        throw new AssertionError(check.name() + " is not to be run");
    };

    final InMemoryTarget source = InMemoryTarget.ofAllKinds(Plans.TARGET).staleReads(StaleReads.UNTIL_SETTLED);
    final InMemoryTarget place = InMemoryTarget.ofAllKinds("place").staleReads(StaleReads.UNTIL_SETTLED);
    TargetWriter writer = place;
    PlaceChecks checks = NO_CHECKS;
    final FakePace pace = new FakePace(1);

    @SafeVarargs
    final RehearsalResult rehearsed(List<Operation>... batches) throws Exception {
        return rehearsed(Plans.plan(source, batches));
    }

    RehearsalResult rehearsed(Plan plan) throws Exception {
        return rehearsal().run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), WriteGuard.ALWAYS);
    }

    Rehearsal rehearsal() {
        return new Rehearsal(_ -> writer, _ -> _ -> source, checks, EngineFixture.SETTINGS, pace);
    }

    RehearsalResult run(Rehearsal rehearsal, Plan plan) {
        try {
            return rehearsal.run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), WriteGuard.ALWAYS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Map<EntryKey, EntryState> snapshot(Plan plan) {
        var states = new TreeMap<EntryKey, EntryState>();
        plan.written().forEach(key -> states.put(key, source.truth(key)));
        return states;
    }

    static Rehearsal.Script script(Plan plan, Map<EntryKey, EntryState> snapshot, Set<String> targets) {
        return script(plan, snapshot, targets, Map.of(PRODUCTION, Set.of(Plans.TARGET)), Map.of());
    }

    static Rehearsal.Script script(
            Plan plan,
            Map<EntryKey, EntryState> snapshot,
            Set<String> targets,
            Map<String, Set<String>> lasting,
            Map<String, String> principals) {
        return new Rehearsal.Script(
                new MigrationId("m-1"),
                "c0ffee",
                plan,
                PlanCodec.digest(plan),
                "place",
                targets,
                lasting,
                new Untouched(principals),
                snapshot);
    }

    static Content content(String value) {
        return Content.of("config.a", Value.of(value));
    }

    static void settle(InMemoryTarget target) throws TargetException {
        target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
    }
}
