package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was last applied, what is there, and what is wanted. */
class ThreeWayTest {
    private static final EntryKey T = Planning.topic("t");

    private final World world = new World();
    private final Books books = new Books();

    /** {@code -} stands for: never managed, nothing there, not in the bundle any more. */
    @ParameterizedTest(name = "last {0}, actual {1}, wanted {2}, {3}: {4}")
    @CsvSource({
        // last, actual, wanted, decision, what happens
        "-, -, 1, KEEP, create not there",
        "-, 2, 1, KEEP, update retention.ms differs from the manifest",
        "-, 1, 1, KEEP, adopt",
        "1, 1, 1, KEEP, nothing",
        "1, 1, 2, KEEP, update retention.ms differs from the manifest",
        "1, 2, 2, KEEP, record",
        "1, 2, 1, KEEP, PLN-DRIFT",
        "1, 2, 1, ADOPT, PLN-DRIFT-LEFT",
        "1, 2, 1, OVERWRITE, update differs from the manifest; changed outside: retention.ms",
        "1, 2, 3, KEEP, PLN-DRIFT",
        "1, 2, 3, ADOPT, PLN-DRIFT-LEFT",
        "1, 2, 3, OVERWRITE, update differs from the manifest; changed outside: retention.ms",
        "1, -, 1, KEEP, PLN-DRIFT",
        "1, -, 1, ADOPT, PLN-DRIFT-LEFT",
        "1, -, 1, OVERWRITE, create deleted outside",
        "1, 1, absent, KEEP, delete state: absent",
        "1, 2, absent, KEEP, PLN-DRIFT",
        "1, 2, absent, ADOPT, PLN-DRIFT-LEFT",
        "1, 2, absent, OVERWRITE, delete state: absent; changed outside: retention.ms",
        "1, -, absent, KEEP, record",
        "-, 2, absent, KEEP, delete state: absent",
        "-, -, absent, KEEP, nothing"
    })
    void whatHappensDependsOnAllThree(String last, String actual, String wanted, DriftDecision decision, String then) {
        if (!last.equals("-")) {
            world.present(T, content(last));
            books.record(Planning.plan(bundle(retention(last)), world), world);
        }
        if (actual.equals("-")) {
            world.remove(T);
        } else {
            world.change(T, content(actual));
        }
        var bundle = bundle(wanted.equals("absent") ? absent(topic("t")) : retention(wanted));

        assertThat(described(bundle, decision)).isEqualTo(then);
    }

    @ParameterizedTest(name = "last {0}, actual {1}, pruning {2}, {3}: {4}")
    @CsvSource({
        "1, 1, false, OVERWRITE, PLN-NOT-PRUNED",
        "1, 1, true, KEEP, delete no longer in the bundle (pruning of project default)",
        "1, 2, true, KEEP, PLN-NOT-PRUNED",
        "1, 2, true, OVERWRITE, PLN-NOT-PRUNED",
        "1, -, true, KEEP, record",
        "-, 1, true, OVERWRITE, nothing"
    })
    void whatIsNoLongerInTheBundleIsDeletedOnlyIfItIsKnownAndAsItWas(
            String last, String actual, boolean pruning, DriftDecision decision, String then) {
        world.present(Planning.topic("kept"), content("1"));
        var kept = bundle(topic("kept", "{'retention.ms':1}"));
        books.record(Planning.plan(kept, world), world);
        if (!last.equals("-")) {
            world.present(T, content(last));
            books.record(Planning.plan(bundle(topic("kept", "{'retention.ms':1}"), retention(last)), world), world);
        }
        if (actual.equals("-")) {
            world.remove(T);
        } else {
            world.change(T, content(actual));
        }
        if (pruning) {
            books.pruning("default");
        }

        assertThat(described(kept, decision)).isEqualTo(then);
    }

    @Test
    void aFieldThatDriftsDoesNotHideWhatTheManifestChangesBesideIt() {
        world.present(T, both("1", "10"));
        books.record(Planning.plan(bundle(topic("t", "{'retention.ms':1,'segment.ms':10}")), world), world);
        world.change(T, both("2", "10"));
        var bundle = bundle(topic("t", "{'retention.ms':1,'segment.ms':20}"));

        var left = Planning.planned(books.input(bundle, world, DriftDecision.ADOPT))
                .plan();
        var overwritten = Planning.planned(books.input(bundle, world, DriftDecision.OVERWRITE))
                .plan();

        assertThat(only(left).operation().writtenFields()).containsExactly("config.segment.ms");
        assertThat(only(left).reason().drifted()).isEmpty();
        assertThat(only(overwritten).why())
                .isEqualTo("segment.ms differs from the manifest; changed outside: retention.ms");
        assertThat(only(overwritten).reason().drifted()).containsExactly("config.retention.ms");
        assertThat(overwritten.warnings()).anyMatch(line -> line.contains("overwritten"));
    }

    @Test
    void whatWasLeftToOthersIsStillADifferenceNextTime() {
        world.present(T, content("1"));
        books.record(Planning.plan(bundle(retention("1")), world), world);
        world.change(T, content("2"));
        var bundle = bundle(retention("1"));

        var plan = Planning.planned(books.input(bundle, world, DriftDecision.ADOPT))
                .plan();
        world.apply(plan);
        books.record(plan, world);

        assertThat(described(bundle, DriftDecision.KEEP)).isEqualTo("PLN-DRIFT");
    }

    @Test
    void aFieldThatTheManifestDoesNotNameAnyMoreIsNoLongerManaged() {
        world.present(T, both("1", "10"));
        books.record(Planning.plan(bundle(topic("t", "{'retention.ms':1,'segment.ms':10}")), world), world);

        var plan = Planning.planned(books.input(bundle(retention("1")), world, DriftDecision.KEEP))
                .plan();
        books.record(plan, world);

        assertThat(books.known("t").fields())
                .doesNotContainKey("config.segment.ms")
                .containsKey("config.retention.ms");
        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void whatIsMadeAgainOutsideIsTakenOverWithAWarning() {
        world.present(T, content("1"));
        books.record(Planning.plan(bundle(retention("1")), world), world);
        world.present(T, content("1"));

        var plan = Planning.planned(books.input(bundle(retention("1")), world, DriftDecision.KEEP))
                .plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.warnings()).anyMatch(line -> line.contains("deleted this and made it again"));
        assertThat(plan.inventory())
                .singleElement()
                .isInstanceOfSatisfying(
                        InventoryChange.Hold.class,
                        hold -> assertThat(hold.incarnation()).isEqualTo(world.life(T)));
    }

    @Test
    void whatIsMadeAgainOutsideIsNotDeletedWithoutADecision() {
        world.present(T, content("1"));
        books.record(Planning.plan(bundle(retention("1")), world), world);
        world.present(T, content("1"));

        assertThat(described(bundle(absent(topic("t"))), DriftDecision.KEEP)).isEqualTo("PLN-DRIFT");
        assertThat(described(bundle(absent(topic("t"))), DriftDecision.OVERWRITE))
                .isEqualTo("delete state: absent; deleted and made again outside");
    }

    @Test
    void anEntryWithoutFieldsDriftsByBeingThereOrNot() {
        var bundle = bundle(topic("t"), readAcl("a", "t"));
        var plan = Planning.plan(bundle, world);
        world.apply(plan);
        books.record(plan, world);
        var acl = Planning.acl("User:reader|*|READ|ALLOW|TOPIC|LITERAL|t");
        world.remove(acl);

        var refused = books.refusal(bundle, world, DriftDecision.KEEP);

        assertThat(refused).containsExactly("PLN-DRIFT " + acl);
    }

    private String described(Bundle bundle, DriftDecision decision) {
        return switch (Planner.plan(books.input(bundle, world, decision))) {
            case PlanResult.Rejected(var findings) ->
                findings.getFirst().problem().code();
            case PlanResult.Planned planned -> described(planned);
        };
    }

    private static String described(PlanResult.Planned planned) {
        var plan = planned.plan();
        if (!plan.isEmpty()) {
            var only = only(plan);
            var what = switch (only.operation()) {
                case Operation.Create _ -> "create ";
                case Operation.Update _ -> "update ";
                case Operation.Delete _ -> "delete ";
            };
            return what + only.why();
        }
        if (!planned.findings().isEmpty()) {
            return planned.findings().getFirst().problem().code();
        }
        return plan.inventory().isEmpty() ? "nothing" : plan.adopted().isEmpty() ? "record" : "adopt";
    }

    private static PlannedOperation only(Plan plan) {
        assertThat(plan.operations()).hasSize(1);
        return plan.operations().findFirst().orElseThrow();
    }

    private static Value.Obj retention(String millis) {
        return topic("t", "{'retention.ms':" + millis + "}");
    }

    private static Content content(String retention) {
        return Content.of(Map.of(
                "partitions",
                Value.of(3),
                "replicationFactor",
                Value.of(1),
                "config.retention.ms",
                Value.of(retention)));
    }

    private static Content both(String retention, String segment) {
        return Content.of(Map.of(
                "partitions", Value.of(3),
                "replicationFactor", Value.of(1),
                "config.retention.ms", Value.of(retention),
                "config.segment.ms", Value.of(segment)));
    }
}
