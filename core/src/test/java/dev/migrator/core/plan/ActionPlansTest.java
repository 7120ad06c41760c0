package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanHtml;
import dev.migrator.core.present.PlanMarkdown;
import dev.migrator.core.present.PlanText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Side effects that belong to a change: planned, ordered, undone and forgotten like anything else, and never undone unasked. */
class ActionPlansTest {
    private static final Environment PRODUCTION = Planning.environment(
            Planning.target("kafka", "kafka"),
            Planning.target("cache", "http-actions"),
            Planning.target("data", "sql-actions"));
    private static final EntryState DONE = new EntryState.Present(Content.EMPTY, "");

    private static final String UNDO = ",'undo':{'method':'DELETE','path':'/caches/prices'}";
    private static final String PROBE = ",'probe':{'path':'/caches/prices','field':'/state','equals':'flushed'}";

    private final Map<EntryKey, EntryState> states = new HashMap<>();
    private Inventory inventory = Inventory.EMPTY;
    private Set<String> pruning = Set.of();

    private static Value.Obj flush(String undo) {
        return manifest(
                "Action",
                "flush",
                "{'http':{'do':{'method':'POST','path':'/caches/prices/flush'}" + undo + PROBE + "}}");
    }

    private static EntryKey key(Value.Obj manifest) {
        return new EntryKey("cache", "action", new ActionAddress("flush", (Value.Obj) manifest.get("spec")).text());
    }

    private PlanResult result(Value.Obj... manifests) {
        var bundle = bundle(manifests);
        var keys = Planner.keysToRead(PRODUCTION, bundle.resources(), inventory, pruning, Optional.empty())
                .keys();
        var found = new HashMap<EntryKey, EntryState>();
        keys.forEach(key -> found.put(key, states.getOrDefault(key, EntryState.ABSENT)));
        return Planner.plan(new PlanInput(
                        PRODUCTION,
                        bundle.resources(),
                        bundle.digest(),
                        found,
                        Map.of("kafka", Planning.EVERYTHING, "cache", Set.of("DELETE"), "data", Set.of("DELETE")),
                        PlanLimits.STANDARD,
                        Digest.ofText("policy"))
                .knowing(inventory, pruning, DriftDecision.KEEP));
    }

    private Plan plan(Value.Obj... manifests) {
        var result = result(manifests);
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).plan();
    }

    /** What is known and there once the plan was carried out. */
    private void carriedOut(Plan plan) {
        plan.operations().forEach(planned -> {
            switch (planned.operation()) {
                case Operation.Create(var key, var after) -> states.put(key, new EntryState.Present(after, ""));
                default -> states.remove(planned.operation().key());
            }
        });
        var known = new ArrayList<KnownEntry>();
        plan.inventory().forEach(change -> {
            if (change instanceof InventoryChange.Hold hold) {
                var state = states.get(hold.key());
                known.add(hold.known(
                        state instanceof EntryState.Present(var content, var _) ? content : Content.EMPTY, "", "m-1"));
            }
        });
        inventory = Inventory.of(known);
    }

    private static PlannedOperation only(Plan plan) {
        assertThat(plan.operations()).hasSize(1);
        return plan.operations().findFirst().orElseThrow();
    }

    @Test
    void whatIsNotDoneIsDoneAndUndoneByItsUndo() {
        var planned = only(plan(flush(UNDO)));

        assertThat(planned.operation()).isEqualTo(new Operation.Create(key(flush(UNDO)), Content.EMPTY));
        assertThat(planned.risk()).isEqualTo(Risk.MUTATING);
        assertThat(planned.undo()).isEqualTo(UndoClass.EXACT);
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        states.put(key(flush(UNDO)), DONE);

        assertThat(plan(flush(UNDO)).isEmpty()).isTrue();
    }

    @Test
    void withoutAnUndoItIsOneWayAndAsksForTwo() {
        var plan = plan(flush(""));

        assertThat(only(plan).risk()).isEqualTo(Risk.ONE_WAY);
        assertThat(only(plan).undo()).isEqualTo(UndoClass.NONE);
        assertThat(plan.approvals()).extracting(ApprovalNeed::count).contains(2);
        assertThat(plan.warnings()).anySatisfy(warning -> assertThat(warning).contains("cannot be undone"));
    }

    @Test
    void toBeAbsentIsToBeUndone() {
        states.put(key(flush(UNDO)), DONE);

        var planned = only(plan(absent(flush(UNDO))));

        assertThat(planned.operation())
                .isEqualTo(new Operation.Delete(key(flush(UNDO)), Content.EMPTY, Removal.RETIRE));
        assertThat(planned.undo()).isEqualTo(UndoClass.EXACT);
        assertThat(codes(read(absent(flush(""))))).containsExactly("ACT-NO-UNDO Action/flush, spec");
    }

    @Test
    void anotherDefinitionIsAnotherActionAndTheFormerIsLetGoOf() {
        carriedOut(plan(flush(UNDO)));
        pruning = Set.of("default");
        var other = flush(",'undo':{'method':'DELETE','path':'/other'}");

        var plan = plan(other);

        assertThat(only(plan).operation().key()).isEqualTo(key(other));
        assertThat(plan.inventory())
                .contains(new InventoryChange.Forget(key(flush(UNDO)).address(), key(flush(UNDO))));
    }

    // each of the two: where the project prunes, and where it does not
    @Test
    void whatLeavesTheBundleIsLetGoOfAndNeverUndone() {
        carriedOut(plan(topic("t"), flush(UNDO)));
        for (var prunes : List.of(Set.<String>of(), Set.of("default"))) {
            pruning = prunes;

            var plan = plan(topic("t"));

            assertThat(plan.operations()).isEmpty();
            assertThat(plan.warnings()).isEmpty();
            assertThat(plan.inventory())
                    .containsExactly(new InventoryChange.Forget(key(flush(UNDO)).address(), key(flush(UNDO))));
        }
    }

    @Test
    void whatLeftTheBundleIsNotEvenAsked() {
        carriedOut(plan(topic("t"), flush(UNDO)));

        assertThat(Planner.keysToRead(
                                PRODUCTION,
                                bundle(topic("t")).resources(),
                                inventory,
                                Set.of("default"),
                                Optional.empty())
                        .keys())
                .extracting(EntryKey::kind)
                .containsOnly("topic");
    }

    @Test
    void whatWasDoneAndIsSoNoMoreIsDriftAndIsNotDoneAgainUnasked() {
        carriedOut(plan(flush(UNDO)));
        states.remove(key(flush(UNDO)));

        var result = result(flush(UNDO));

        assertThat(result).isInstanceOf(PlanResult.Rejected.class);
        assertThat(((PlanResult.Rejected) result).findings())
                .extracting(finding -> finding.problem().code())
                .contains("PLN-DRIFT");
    }

    @Test
    void othersMayWaitForItAndItMayWaitForOthers() {
        var order = plan(
                        dependingOn(flush(UNDO), "Topic/orders"),
                        topic("orders"),
                        dependingOn(topic("after"), "Action/flush"))
                .operations()
                .map(planned -> planned.resource())
                .toList();

        assertThat(order).containsExactly("Topic/orders", "Action/flush", "Topic/after");
    }

    @Test
    void itIsPutIntoTheCanaryPhaseByItsLabel() {
        var metadata = (Value.Obj) flush(UNDO).get("metadata");
        var canary = with(flush(UNDO), "metadata", with(metadata, "labels", Value.object("tier", Value.of("canary"))));

        assertThat(plan(topic("t"), canary).phases().getFirst().batches())
                .flatExtracting(Batch::operations)
                .extracting(PlannedOperation::resource)
                .containsExactly("Action/flush");
    }

    @Test
    void anEnvironmentThatDeclaresNoPlaceForItRefusesIt() {
        var result = result(manifest("Action", "tell", "{'kafka':{'do':{'topic':'t','key':'k','value':'v'}}}"));

        assertThat(result).isInstanceOf(PlanResult.Rejected.class);
        assertThat(((PlanResult.Rejected) result).findings())
                .extracting(finding -> finding.problem().code())
                .contains("PLN-NO-TARGET");
    }

    @Test
    void eachTypeGoesToATargetOfItsOwn() {
        var sql = manifest(
                "Action",
                "fill",
                "{'sql':{'do':{'statement':'UPDATE t SET a = 1'},'probe':{'statement':'SELECT true'}}}");

        assertThat(plan(flush(UNDO), sql).operations())
                .extracting(planned -> planned.operation().key().target())
                .containsExactlyInAnyOrder("cache", "data");
    }

    @Test
    void aPlanClaimsItByItsName() {
        var claims = Scope.of(plan(flush(UNDO)));

        assertThat(claims).singleElement().satisfies(claim -> {
            assertThat(claim.address()).isEqualTo("flush");
            assertThat(claim.access()).isEqualTo(Claim.Access.WRITE);
        });
    }

    @Test
    void everyFormShowsWhatIsDoneWhatUndoesItAndHowItIsSeen() {
        var plan = plan(flush(UNDO));

        for (var text : List.of(
                PlanText.of(plan, PlanFrame.BARE).plain(),
                PlanMarkdown.of(plan, PlanFrame.BARE),
                PlanHtml.of(plan, PlanFrame.BARE).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))) {
            assertThat(text)
                    .contains("POST /caches/prices/flush")
                    .contains("DELETE /caches/prices")
                    .contains("GET /caches/prices answers 200");
            assertThat(text).contains("action flush").doesNotContain("action flush {");
        }
        assertThat(PlanText.of(plan, PlanFrame.BARE).plain().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void whatEndsALineOrIsSentAlongIsShown() {
        var sql = manifest(
                "Action",
                "fill",
                "{'sql':{'do':{'statement':'UPDATE t SET a = 1 -- all\\nWHERE b'},"
                        + "'probe':{'statement':'SELECT true'}}}");
        var call = manifest(
                "Action", "flush", "{'http':{'do':{'method':'POST','path':'/f','status':202}" + UNDO + PROBE + "}}");
        var plan = plan(sql, call);

        var text = PlanText.of(plan, PlanFrame.BARE).plain();
        assertThat(text).contains("-- all").doesNotContain("-- all WHERE").contains("POST /f, taken by status 202");
        assertThat(text.lines().map(String::strip)).contains("WHERE b");
        assertThat(PlanHtml.of(plan, PlanFrame.BARE)).contains("-- all ⏎ WHERE b");
    }

    @Test
    void toLetGoOfOneThatCannotBeUndoneIsNoUndo() {
        carriedOut(plan(flush("")));
        var letGo = with(flush(""), "state", Value.of("unmanaged"));

        var plan = plan(letGo);

        assertThat(plan.operations()).isEmpty();
        assertThat(plan.inventory())
                .contains(new InventoryChange.Forget(key(flush("")).address(), key(flush(""))));
    }

    @Test
    void aRevertUndoesWhatTheMigrationDidAndARefusalSaysWhyNot() {
        var withUndo = plan(flush(UNDO));
        carriedOut(withUndo);
        assertThat(reverted(only(withUndo)))
                .isInstanceOfSatisfying(
                        PlanResult.Planned.class,
                        planned -> assertThat(only(planned.plan()).operation()).isInstanceOf(Operation.Delete.class));

        var withoutUndo = plan(flush(""));
        carriedOut(withoutUndo);
        assertThat(reverted(only(withoutUndo)))
                .isInstanceOfSatisfying(
                        PlanResult.Rejected.class,
                        rejected -> assertThat(rejected.findings())
                                .extracting(finding -> finding.problem().code())
                                .contains("ACT-NO-UNDO"));
    }

    private PlanResult reverted(PlannedOperation done) {
        var key = done.operation().key();
        var wanted = new PutBack.Wanted(
                key,
                Optional.empty(),
                Optional.of(new PutBack.Left(Optional.of(Content.EMPTY), done.changeFingerprint())));
        return PutBackPlanner.plan(new PutBackPlanner.Input(
                PRODUCTION,
                new PutBack(false, new TreeSet<>(), List.of(wanted)),
                "as before migration m-1",
                Digest.ofText("document"),
                Map.of(key, states.get(key)),
                Map.of("cache", Set.of("DELETE")),
                PlanLimits.STANDARD,
                Digest.ofText("policy"),
                inventory));
    }

    private static Value.Obj dependingOn(Value.Obj manifest, String title) {
        var metadata = (Value.Obj) manifest.get("metadata");
        return with(manifest, "metadata", with(metadata, "dependsOn", Value.array(List.of(Value.of(title)))));
    }
}
