package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.TestManifests;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Finding;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.model.EntryState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes for good, and all that stays: the one write that destroys data is made only where nothing speaks against it. */
class PurgePlannerTest {
    private static final EntryKey T = Planning.topic("t");
    private static final EntryKey U = Planning.topic("u");
    private static final Instant RETIRED = Instant.parse("2026-12-01T12:00:00Z");

    private final World world = new World();
    private final Books books = new Books();
    private Set<String> capabilities = Planning.EVERYTHING;
    private Environment environment = Planning.PRODUCTION;

    /** Topics t and u, both with data, retired by migration m-1. */
    private void retiredTopics() {
        books.at(RETIRED);
        books.migrate(
                TestManifests.bundle(
                        List.of(TestManifests.topic("stays"), TestManifests.topic("t"), TestManifests.topic("u"))),
                world);
        books.migrate(
                TestManifests.bundle(List.of(
                        TestManifests.topic("stays"),
                        TestManifests.absent(TestManifests.topic("t")),
                        TestManifests.absent(TestManifests.topic("u")))),
                world);
        assertThat(world.state(T)).isInstanceOf(EntryState.Retired.class);
    }

    private PlanResult purge(Instant retiredBy, EntrySelection selection) {
        var keys = PurgePlanner.keysToRead(environment, retiredBy, selection, books.inventory());
        if (keys.stops()) {
            return new PlanResult.Rejected(keys.findings());
        }
        return PurgePlanner.plan(new PurgePlanner.Input(
                environment,
                retiredBy,
                selection,
                Digest.ofText("document"),
                read(keys),
                Map.of("kafka", capabilities, "registry", capabilities),
                PlanLimits.STANDARD,
                Policy.of(environment).digest(),
                books.inventory()));
    }

    /** As the planner service reads: the keys, and whole kinds. */
    private Map<EntryKey, EntryState> read(KeysToRead keys) {
        var states = new HashMap<>(world.read(keys.keys()));
        world.all().forEach((key, state) -> {
            if (keys.wholeKinds().getOrDefault(key.target(), Set.of()).contains(key.kind())) {
                states.put(key, state);
            }
        });
        return states;
    }

    private Plan planned(PlanResult result) {
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).plan();
    }

    private static List<String> codes(PlanResult result) {
        var findings = switch (result) {
            case PlanResult.Planned planned -> planned.findings();
            case PlanResult.Rejected(var rejected) -> rejected;
        };
        return findings.stream()
                .map(Finding::problem)
                .map(problem -> problem.code() + " " + problem.thing())
                .toList();
    }

    private static EntrySelection only(String address) {
        return new EntrySelection(Optional.empty(), Optional.empty(), Optional.of(address));
    }

    @Test
    void whatWasRetiredGoesForGoodUnderTwoApprovalsAndIsNotListedAgain() {
        retiredTopics();

        var plan = planned(purge(RETIRED, EntrySelection.ALL));

        assertThat(plan.operations().map(PlannedOperation::operation))
                .allMatch(Operation::isPurge)
                .extracting(Operation::key)
                .containsExactly(T, U);
        assertThat(plan.operations().findFirst().orElseThrow().why())
                .isEqualTo("retired by migration m-1 at 2026-12-01T12:00:00Z, and not wanted again");
        assertThat(plan.approvals())
                .singleElement()
                .satisfies(need -> assertThat(need.count()).isEqualTo(2));
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("nothing brings it back, found 2 entries"));

        world.apply(plan);
        books.record(plan, world);

        assertThat(world.state(T)).isEqualTo(EntryState.ABSENT);
        assertThat(world.state(Planning.topic("stays")).exists()).isTrue();
        var again = planned(purge(RETIRED.plus(Duration.ofDays(30)), EntrySelection.ALL));
        assertThat(again.isEmpty()).isTrue();
        assertThat(again.inventory()).as("nothing is left to be noted").isEmpty();
        assertThat(books.inventory().deleted())
                .as("their uids are never used again")
                .hasSize(2);
    }

    @Test
    void whatWasRetiredTooRecentlyIsLeftAndSaysWhenItMayGo() {
        retiredTopics();

        assertThat(codes(purge(RETIRED.minusMillis(1), EntrySelection.ALL)))
                .as("what is retired after an order is no part of its plan, in no word")
                .isEmpty();

        var result = purge(RETIRED.minusMillis(1), only("t"));

        assertThat(planned(result).isEmpty()).isTrue();
        assertThat(codes(result)).containsExactly("PRG-NOT-DUE " + T);
        assertThat(((PlanResult.Planned) result).findings().getFirst().problem().todo())
                .isEqualTo("purge it after 2026-12-08T12:00:00Z");
    }

    @Test
    void onlyWhatIsSelectedGoes() {
        retiredTopics();

        assertThat(planned(purge(RETIRED, only("u"))).written()).containsExactly(U);
        assertThat(planned(purge(
                                RETIRED,
                                new EntrySelection(Optional.of("registry"), Optional.empty(), Optional.empty())))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aNameOfWhichNothingIsKnownIsAnError() {
        retiredTopics();
        world.retired(Planning.topic("strange"), Content.EMPTY);

        assertThat(codes(purge(RETIRED, only("strange")))).containsExactly("PRG-UNKNOWN entry strange");
    }

    @Test
    void whatIsInUseAgainIsLeftWhateverItHolds() {
        retiredTopics();
        world.put(T, taken(world.state(T)));

        var result = purge(RETIRED, EntrySelection.ALL);

        assertThat(planned(result).written()).containsExactly(U);
        assertThat(codes(result)).contains("PRG-IN-USE " + T);
        assertThat(planned(result).inventory())
                .as("a migration that has not ended may have it, and leave it out of use again")
                .extracting(InventoryChange::key)
                .containsExactly(U);
    }

    @Test
    void whatOthersMadeAgainUnderTheNameIsTheirs() {
        retiredTopics();
        world.present(T, ((EntryState.Retired) world.state(T)).content());

        var result = purge(RETIRED, EntrySelection.ALL);

        assertThat(codes(result)).contains("PRG-IN-USE " + T);
        notAgain(planned(result));
    }

    /** What others have made their own is not ours to purge, whatever becomes of it later. */
    private void notAgain(Plan plan) {
        world.apply(plan);
        books.record(plan, world);
        var content = world.state(T) instanceof EntryState.Retired(var retired, var _)
                ? retired
                : world.state(T).contentIfPresent().orElseThrow();
        world.put(T, new EntryState.Retired(content, world.life(T)));

        var later = purge(RETIRED.plus(Duration.ofDays(365)), EntrySelection.ALL);

        assertThat(planned(later).isEmpty()).isTrue();
        assertThat(codes(later)).isEmpty();
    }

    private static EntryState taken(EntryState retired) {
        return retired instanceof EntryState.Retired(var content, var life)
                ? new EntryState.Present(content, life)
                : retired;
    }

    @Test
    void anotherEntryThatHasItsNameAndIsOutOfUseIsLeft() {
        retiredTopics();
        world.retired(T, ((EntryState.Retired) world.state(T)).content());

        var result = purge(RETIRED, EntrySelection.ALL);

        assertThat(planned(result).written()).containsExactly(U);
        assertThat(codes(result)).contains("PRG-OTHERS " + T);
        notAgain(planned(result));
    }

    @Test
    void ofSeveralResourcesThatHadAnEntryTheLastCountsAndNoneIsListedAgain() {
        retiredTopics();
        var life = ((EntryState.Retired) world.state(T)).incarnation();
        books.put(new InventoryChange.Gone("earlier", "default", T).retired(life, "m-0", RETIRED.minusSeconds(900)));

        assertThat(planned(purge(RETIRED.minusSeconds(1), EntrySelection.ALL)).isEmpty())
                .isTrue();
        var plan = planned(purge(RETIRED, only("t")));
        world.apply(plan);
        books.record(plan, world);

        assertThat(plan.inventory()).hasSize(2);
        assertThat(codes(purge(RETIRED, only("t")))).containsExactly("PRG-UNKNOWN entry t");
    }

    @Test
    void anArtifactWithAVersionThatStaysAndAVersionThatAnotherRefersToAreLeft() {
        var orders = artifact("default/orders");
        var first = version("default/orders@1");
        var second = version("default/orders@2");
        var money = artifact("default/money");
        var moneyFirst = version("default/money@1");
        List.of(orders, second, money, moneyFirst).forEach(key -> retire(key, Content.of("type", Value.of("AVRO"))));
        var reference = Value.object(
                "group", Value.of("default"),
                "artifactId", Value.of("money"),
                "version", Value.of("1"));
        // nobody retired it: the uid went on to the second version
        world.present(first, Content.of("references", Value.array(List.of(reference))));

        var result = purge(RETIRED, EntrySelection.ALL);

        assertThat(planned(result).written()).containsExactly(second);
        assertThat(codes(result))
                .contains("PRG-CANNOT " + orders, "PRG-CANNOT " + moneyFirst, "PRG-CANNOT " + money)
                .doesNotContain("PRG-CANNOT " + second);
        assertThat(planned(result).inventory())
                .as("what stays stays listed")
                .extracting(InventoryChange::key)
                .containsExactly(second);
    }

    @Test
    void versionsGoBeforeTheirArtifactAndAGroupNever() {
        var group = new EntryKey("registry", "group", "shop");
        var artifact = artifact("shop/orders");
        var version = version("shop/orders@1");
        List.of(group, artifact, version).forEach(key -> retire(key, Content.of("type", Value.of("AVRO"))));

        var result = purge(RETIRED, EntrySelection.ALL);

        assertThat(planned(result)
                        .operations()
                        .map(planned -> planned.operation().key()))
                .containsExactly(version, artifact);
        assertThat(codes(result)).contains("PRG-CANNOT " + group);
    }

    private static EntryKey artifact(String address) {
        return new EntryKey("registry", "artifact", address);
    }

    private static EntryKey version(String address) {
        return new EntryKey("registry", "artifact-version", address);
    }

    private void retire(EntryKey key, Content content) {
        world.retired(key, content);
        var life = ((EntryState.Retired) world.state(key)).incarnation();
        books.put(new InventoryChange.Gone("uid-" + key.address(), "default", key).retired(life, "m-1", RETIRED));
    }

    @Test
    void whatAPurgeDoesIsNeverHeld() {
        retiredTopics();

        assertThat(PlanSummaries.of(planned(purge(RETIRED, EntrySelection.ALL)), "plan", "document")
                        .changes())
                .isEmpty();
    }

    @Test
    void whatIsManagedAgainIsLeftEvenIfSomebodyRetiredIt() {
        retiredTopics();
        var again = TestManifests.bundle(List.of(
                TestManifests.topic("stays"),
                TestManifests.topic("t"),
                TestManifests.absent(TestManifests.topic("u"))));
        books.migrate(again, world);
        var content = world.state(T).contentIfPresent().orElseThrow();
        world.put(T, new EntryState.Retired(content, world.life(T)));

        assertThat(planned(purge(RETIRED, EntrySelection.ALL)).written()).containsExactly(U);
    }

    @Test
    void whatIsGoneAlreadyIsNotedAndNothingIsWritten() {
        retiredTopics();
        world.remove(T);
        world.remove(U);

        var plan = planned(purge(RETIRED, EntrySelection.ALL));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.inventory()).hasSize(2).allMatch(change -> change instanceof InventoryChange.NoLongerRetired);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void aTargetThatRemovesNothingForGoodKeepsIt() {
        retiredTopics();
        capabilities = Set.of("DELETE", "RETIRE");

        var result = purge(RETIRED, EntrySelection.ALL);

        assertThat(planned(result).isEmpty()).isTrue();
        assertThat(codes(result)).containsExactly("PRG-CANNOT " + T, "PRG-CANNOT " + U);
    }

    @Test
    void aTargetThatTheEnvironmentHasNoMoreIsNotAsked() {
        retiredTopics();
        environment = new Environment("production", 30, Protection.PROTECTED, "eu", List.of());

        var result = purge(RETIRED, EntrySelection.ALL);

        assertThat(planned(result).isEmpty()).isTrue();
        assertThat(codes(result)).containsExactly("PRG-CANNOT " + T, "PRG-CANNOT " + U);
    }

    @Test
    void whatSomebodyElseRetiredIsNotTouched() {
        retiredTopics();
        world.retired(Planning.topic("strange"), Content.of("partitions", Value.of(1)));

        assertThat(planned(purge(RETIRED, EntrySelection.ALL)).written()).containsExactly(T, U);
    }

    @Test
    void aChangeSinceThePlanIsAConflictForIt() {
        retiredTopics();
        var purge = planned(purge(RETIRED, only("t"))).operations().findFirst().orElseThrow();
        var found = (EntryState.Retired) world.state(T);

        assertThat(CompareAndSet.judge(purge.operation(), taken(found)))
                .isInstanceOf(CompareAndSet.Judgement.Conflict.class);
        assertThat(purge.beforeIncarnation()).isEqualTo(found.incarnation());
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        retiredTopics();

        assertThat(PlanCodec.bytes(planned(purge(RETIRED, EntrySelection.ALL))))
                .isEqualTo(PlanCodec.bytes(planned(purge(RETIRED.plusMillis(250), EntrySelection.ALL))));
    }
}
