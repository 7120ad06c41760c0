package dev.migrator.console.api;

import static dev.migrator.console.Statuses.status;
import static dev.migrator.console.Statuses.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.Plans;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldsResourceTest {
    private static final String HELD = "its changes are held";

    private final HoldsResource resource = new HoldsResource();
    private final MemoryObjects objects = new MemoryObjects();

    @BeforeEach
    void open() {
        resource.board = new StatusBoard();
        resource.plans = new Plans(objects, MemoryProvider.environments("kafka", "kafka"));
        callerHas(Users.Role.VIEWER);
    }

    @Test
    void onlyWhatWasRolledBackAndNotReleasedIsListedNewestFirst() {
        resource.board.accept(waiting(status("m-1", 1, MigrationState.ROLLED_BACK), HELD));
        resource.board.accept(
                waiting(status("m-2", "production", 2, MigrationState.ROLLBACK_INCOMPLETE, plan()), HELD));
        resource.board.accept(status("m-3", 3, MigrationState.ROLLED_BACK));
        resource.board.accept(waiting(status("m-4", 4, MigrationState.AWAITING_APPROVAL), "an approver"));
        resource.board.accept(status("m-5", 5, MigrationState.SUCCEEDED));

        assertThat(ids(resource.list(null))).containsExactly("m-2", "m-1");
        assertThat(ids(resource.list("test"))).containsExactly("m-1");
        resource.board.accept(status("m-1", 6, MigrationState.ROLLED_BACK));
        assertThat(ids(resource.list("test"))).as("released").isEmpty();
    }

    @Test
    void itIsSaidWhatIsHeldSinceWhenAndWhatItsPlanWrites() {
        var plan = dev.migrator.kit.testkit.Plans.plan(
                InMemoryTarget.ofAllKinds("kafka"),
                List.of(),
                dev.migrator.kit.testkit.Plans.phase(
                        0, List.of(), dev.migrator.kit.testkit.Plans.create("orders", "7")));
        objects.put(Statuses.PLAN_URI, PlanCodec.bytes(plan));
        resource.board.accept(waiting(
                status("m-1", "test", 1, MigrationState.ROLLED_BACK, Optional.of(PlanCodec.digest(plan))), HELD));

        var hold = items(resource.list(null)).getFirst();

        assertThat(hold.get("since")).isEqualTo(Value.of("2026-01-02T03:04:06Z"));
        assertThat(hold.get("commit")).isEqualTo(Value.of("4be21d0"));
        assertThat(CanonicalJson.text(hold.get("entries")))
                .contains("\"operations\":1")
                .contains("orders");
    }

    @Test
    void aPlanThatCannotBeReadHidesNoHold() {
        resource.board.accept(waiting(status("m-1", 1, MigrationState.ROLLED_BACK), HELD));

        assertThat(items(resource.list(null)))
                .singleElement()
                .satisfies(hold -> assertThat(hold.get("entries")).isEqualTo(Value.NULL));
    }

    @Test
    void whoMayNotLookIsRefused() {
        callerHas(Users.Role.APPROVER);

        assertThatThrownBy(() -> resource.list(null)).isInstanceOf(ApiProblem.class);
    }

    private static Optional<Digest> plan() {
        return Optional.of(Statuses.PLAN);
    }

    private void callerHas(Users.Role... roles) {
        resource.caller = new Caller();
        resource.caller.is(new Users.User("alice", Set.of(roles)));
    }

    private static List<Value.Obj> items(String list) {
        return ((Value.Arr) ((Value.Obj) CanonicalJson.parse(list)).get("items"))
                .items().stream().map(Value.Obj.class::cast).toList();
    }

    private static List<String> ids(String list) {
        return items(list).stream()
                .map(hold -> ((Value.Text) hold.get("migrationId")).value())
                .toList();
    }
}
