package dev.migrator.console.work;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillInterval;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.kit.avro.DrillMessages;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What came of the drills of an environment, and the order for another one. */
public final class Drills {
    /** How an environment stands with its schedule. */
    enum Standing {
        /** No drill says anything yet. */
        NONE,
        PASSED,
        /** It passed, and the next one is to be made. */
        DUE,
        /** The same, and so late that nothing is written any more. */
        OVERDUE,
        FAILED
    }

    private final Environments environments;
    private final DrillBoard board;
    private final StatusBoard statuses;
    private final Publisher publisher;
    private final Clock clock;

    public Drills(Environments environments, DrillBoard board, StatusBoard statuses, Publisher publisher, Clock clock) {
        this.environments = environments;
        this.board = board;
        this.statuses = statuses;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Those that have a place to be drilled in, in their order, each with what came of its drills. */
    public List<Value> all() {
        return withAPlace().<Value>map(this::shown).toList();
    }

    /**
     * @param name of an environment, or of the place where its plans are rehearsed
     * @throws ProblemException {@code ENV-UNKNOWN}, {@code DRL-NOT-POSSIBLE}
     */
    public Value.Obj of(String name) {
        return shown(meant(name));
    }

    /**
     * Empty while nothing is known of it.
     *
     * @throws ProblemException as {@link #of}
     */
    public Optional<DrillReport> find(String name, String request) {
        return board.find(meant(name).name(), request);
    }

    /**
     * Has one made. Returns once that is in the log.
     *
     * @param name as in {@link #of}
     * @param migration whose plan is drilled; empty for the newest one that can be
     * @param fault empty for one by chance
     * @throws ProblemException {@code ENV-UNKNOWN}, {@code DRL-NOT-POSSIBLE}, {@code DRL-REQUEST}: nothing was published
     */
    public DrillOrder order(
            String name, String request, Optional<MigrationId> migration, Optional<DrillFault> fault, String by) {
        var environment = meant(name).name();
        var status = migration
                .map(id -> usable(environment, id))
                .orElseGet(() -> candidates(environment).findFirst().orElseThrow(() -> nothing(environment)));
        var order = new DrillOrder(environment, request, status.id(), fault, by, clock.instant());
        publisher.send(Topics.COMMANDS, environment, DrillMessages.of(order));
        return order;
    }

    /** Migrations with a plan and a snapshot of what it begins with, newest first. */
    Stream<MigrationStatus> candidates(String environment) {
        return statuses.all().stream()
                .filter(status -> status.environment().equals(environment))
                .filter(Drills::isUsable);
    }

    /** In their order. */
    Stream<Environment> withAPlace() {
        return environments.all().stream()
                .filter(environment -> environment.rehearsal().isPresent());
    }

    private static boolean isUsable(MigrationStatus status) {
        return status.planDigest().isPresent()
                && status.snapshotUri().isPresent()
                && status.state() != MigrationState.REJECTED;
    }

    private MigrationStatus usable(String environment, MigrationId id) {
        var known = statuses.find(id).filter(status -> status.environment().equals(environment));
        return known.filter(Drills::isUsable)
                .orElseThrow(() -> notPossible(Problem.of(
                                DrillReport.NOT_POSSIBLE, "this migration has nothing to drill with")
                        .about("migration " + id)
                        .expected("a plan that was not rejected, and a snapshot for it")
                        .found(known.map(Drills::lacks).orElse("no such migration in environment " + environment))
                        .todo("choose another one, or leave it out for the newest that can be drilled")));
    }

    private static String lacks(MigrationStatus status) {
        if (status.state() == MigrationState.REJECTED) {
            return status.state().name();
        }
        return status.planDigest().isEmpty() ? "no plan" : "no snapshot";
    }

    /** The environment of that name, or the one whose place that is. */
    private Environment meant(String name) {
        var declared = environments.declared(name);
        Predicate<Environment> isDrilledThere =
                other -> other.rehearsal().map(RehearsalRule::environment).equals(Optional.of(name));
        return Optional.of(declared)
                .filter(environment -> environment.rehearsal().isPresent())
                .or(() -> environments.all().stream().filter(isDrilledThere).findFirst())
                .orElseThrow(() -> notPossible(Problem.of(DrillReport.NOT_POSSIBLE, "there is no place to drill in")
                        .about("environment " + name)
                        .expected("a rehearsal environment")
                        .found("none")
                        .todo("name one in environments.yaml (rehearsal.environment)")));
    }

    private static ProblemException nothing(String environment) {
        return notPossible(Problem.of(DrillReport.NOT_POSSIBLE, "there is nothing to drill with yet")
                .about("environment " + environment)
                .expected("a migration with a plan and a snapshot")
                .found("none")
                .todo("submit a change to it; once the migration is SNAPSHOTTED its plan can be drilled"));
    }

    private static ProblemException notPossible(Problem problem) {
        return new ProblemException(problem);
    }

    private Value.Obj shown(Environment environment) {
        var rule = environment.rehearsal().orElseThrow();
        return Value.object(
                "environment",
                Value.of(environment.name()),
                "place",
                Value.of(rule.environment()),
                "schedule",
                rule.drill()
                        .<Value>map(every -> schedule(every, board.lastTelling(environment.name()), clock.instant()))
                        .orElse(Value.NULL),
                "items",
                Value.array(board.of(environment.name()).stream()
                        .map(DrillJson::toValue)
                        .toList()));
    }

    private static Value schedule(Grace every, Optional<DrillReport> last, Instant now) {
        var interval = new DrillInterval(every.duration());
        var passed = last.filter(DrillReport::isPassed).map(DrillReport::at);
        return Value.object(
                "every", Value.of(every.toString()),
                "standing", Value.of(standing(interval, last, now).name()),
                "due", Value.of(passed.map(interval::due).map(Instant::toString).orElse(null)),
                "overdue",
                        Value.of(passed.map(interval::overdue)
                                .map(Instant::toString)
                                .orElse(null)));
    }

    private static Standing standing(DrillInterval interval, Optional<DrillReport> last, Instant now) {
        if (last.isEmpty()) {
            return Standing.NONE;
        }
        var at = last.get().at();
        if (!last.get().isPassed()) {
            return Standing.FAILED;
        }
        if (!now.isBefore(interval.overdue(at))) {
            return Standing.OVERDUE;
        }
        return now.isBefore(interval.due(at)) ? Standing.PASSED : Standing.DUE;
    }
}
