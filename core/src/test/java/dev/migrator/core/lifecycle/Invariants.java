package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.EnvironmentState.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold after every decision, whatever happened. */
final class Invariants {
    private final Map<MigrationId, Long> sequence = new HashMap<>();
    private final Map<MigrationId, MigrationStatus> last = new HashMap<>();
    private final Map<MigrationId, Position> newest = new HashMap<>();
    private final Map<MigrationId, WorkerCommand> issued = new HashMap<>();
    private final Map<MigrationId, Position> unansweredApply = new HashMap<>();
    private final Set<MigrationId> reverting = new HashSet<>();

    void check(Decision decision, Fact fact) {
        if (fact instanceof Fact.Answered(var answer)
                && answer.position().equals(unansweredApply.get(answer.id()))
                && answer.kind() == WorkerAnswer.Kind.APPLY_BATCH) {
            unansweredApply.remove(answer.id());
        }
        decision.effects().forEach(effect -> {
            switch (effect) {
                case Effect.Command(var command) -> command(decision, command);
                case Effect.StatusChanged(var status) -> status(status);
                case Effect.DryRunRequested asked ->
                    assertThat(reverting)
                            .as("undoing asks no target for its opinion")
                            .doesNotContain(asked.id());
                case Effect.RehearsalRequested asked ->
                    assertThat(decision.environment().rehearsing())
                            .as("one rehearsal at a time")
                            .contains(asked.id());
                case Effect.MonitoringRequested asked -> {
                    assertThat(reverting).as("undoing needs no monitoring").doesNotContain(asked.id());
                    assertThat(decision.environment().placeOf(asked.id())).isEqualTo(Place.HOLDING);
                }
                case Effect.PlanRequested _,
                        Effect.SnapshotRequested _,
                        Effect.DrillRequested _,
                        Effect.DrillReported _,
                        Effect.VerifyPhase _,
                        Effect.Audited _ -> {}
            }
        });
        overlappingNeverHoldAtOnce(decision.environment());
    }

    private void command(Decision decision, WorkerCommand command) {
        var id = command.envelope().id();
        var position = command.envelope().position();
        positionsIncreaseOrRepeat(id, position, command);
        switch (command) {
            case WorkerCommand.ApplyBatch _ -> {
                assertThat(reverting).as("no apply after a revert").doesNotContain(id);
                assertThat(decision.environment().placeOf(id)).isEqualTo(Place.HOLDING);
                unansweredApply.put(id, position);
                nothingIsMissing(decision);
                assertThat(decision.facts().bakesUntil())
                        .as("nothing is written while a phase bakes")
                        .isEmpty();
            }
            case WorkerCommand.RevertBatch _ -> {
                reverting.add(id);
                assertThat(unansweredApply)
                        .as("no revert while an apply is unanswered")
                        .doesNotContainKey(id);
                assertThat(decision.environment().placeOf(id)).isEqualTo(Place.HOLDING);
            }
            case WorkerCommand.CheckScope _ ->
                assertThat(decision.environment().placeOf(id)).isEqualTo(Place.HOLDING);
            case WorkerCommand.Close _ -> assertThat(unansweredApply).doesNotContainKey(id);
        }
    }

    private void positionsIncreaseOrRepeat(MigrationId id, Position position, WorkerCommand command) {
        var before = newest.get(id);
        if (position.equals(before)) {
            assertThat(command).as("repeated unchanged").isEqualTo(issued.get(id));
            return;
        }
        if (before != null) {
            assertThat(position).isGreaterThan(before);
            assertThat(position.seq()).isGreaterThan(before.seq());
        }
        newest.put(id, position);
        issued.put(id, command);
    }

    private static void nothingIsMissing(Decision decision) {
        var preparation = decision.facts().preparation();
        var asksForOne = !decision.facts().plan().orElseThrow().rehearsedFor().isEmpty();
        assertThat(asksForOne
                        && preparation
                                .rehearsal()
                                .filter(RehearsalReport::isPassed)
                                .isEmpty())
                .as("nothing is written that had to be rehearsed and was not")
                .isFalse();
        var checklist = decision.facts().status().orElseThrow().checklist();
        assertThat(checklist).hasSize(10);
        assertThat(checklist)
                .filteredOn(line -> !line.name().equals("state-verified"))
                .extracting(ChecklistLine::mark)
                .doesNotContain(Mark.MISSING);
        assertThat(checklist).allSatisfy(line -> assertThat(line.evidence()).isNotBlank());
    }

    private void status(MigrationStatus status) {
        var id = status.id();
        assertThat(status.sequence()).isEqualTo(sequence.getOrDefault(id, 0L) + 1);
        sequence.put(id, status.sequence());
        var before = Optional.ofNullable(last.put(id, status));
        before.filter(MigrationStatus::ended)
                .ifPresent(
                        end -> assertThat(status.state()).as("an end is an end").isEqualTo(end.state()));
        if (status.state() == MigrationState.ROLLED_BACK) {
            assertThat(status.endHash()).isEqualTo(status.beforeHash());
        }
    }

    private static void overlappingNeverHoldAtOnce(EnvironmentState environment) {
        var holders = environment.members().values().stream()
                .filter(member -> member.place() == Place.HOLDING)
                .toList();
        for (var one : holders) {
            for (var other : holders) {
                if (one != other) {
                    assertThat(one.scope())
                            .noneMatch(claim -> other.scope().stream().anyMatch(claim::overlaps));
                }
            }
        }
    }
}
