package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tiny world round the decider: planner, snapshotter, worker, verifier, people and a target that maps names to words.
 * Messages are delivered in any order, some twice, and answers and questions get lost. All by one seed.
 */
final class World {
    static final Problem WRONG = Problem.of("TST-WRONG", "verification says no");
    private static final String ENVIRONMENT = "production";

    /** What one migration wants, and what will be said about it, however the messages travel. */
    record Wish(MigrationId id, SortedMap<String, String> wanted, List<Integer> phases, int wrongPhase) {}

    final Shell shell = new Shell(Shell.RULES.in(ENVIRONMENT, rules -> rules.monitoredBy(Digest.ofText("signals"))));
    final Map<String, String> target = new TreeMap<>();
    private final Services services = new Services(target);
    private final Random random;
    private final Map<MigrationId, Wish> wishes = new TreeMap<>();
    private final List<Fact.OfMigration> toLifecycle = new ArrayList<>();
    private final List<Effect> toServices = new ArrayList<>();
    private final Map<String, Fact.OfMigration> answers = new HashMap<>();
    private int meddling;
    private int commands;

    /** @param travel decides how messages travel, and nothing else */
    World(long travel) {
        random = new Random(travel);
    }

    World wishing(Wish wish) {
        wishes.put(wish.id(), wish);
        services.wishes.put(wish.id(), wish);
        toLifecycle.add(new Fact.Requested(change(wish.id())));
        if (random.nextBoolean()) {
            toLifecycle.add(new Fact.Requested(change(wish.id())));
        }
        return this;
    }

    /** People command, others write to the target, at most this often. */
    World meddling(int times) {
        meddling = times;
        return this;
    }

    /** Until every migration has ended. */
    void run() {
        for (int step = 0; !hasEnded(); step++) {
            if (step > 20_000) {
                throw new AssertionError("stuck: " + statuses());
            }
            step();
        }
    }

    private void step() {
        if (meddling > 0 && random.nextInt(12) == 0) {
            meddling--;
            meddle();
        }
        int choices = toLifecycle.size() + toServices.size();
        if (choices == 0 || random.nextInt(20) == 0) {
            published(shell.pass(Duration.ofSeconds(choices == 0 ? 600 : random.nextInt(20))));
            return;
        }
        int choice = random.nextInt(choices);
        if (choice < toLifecycle.size()) {
            var fact = pick(toLifecycle, choice);
            published(shell.give(ENVIRONMENT, fact));
        } else {
            serve(pick(toServices, choice - toLifecycle.size()));
        }
    }

    /** One in five is delivered again later; one in ten questions and answers is lost. */
    private <T> T pick(List<T> messages, int index) {
        return random.nextInt(5) == 0 ? messages.get(index) : messages.remove(index);
    }

    private void published(List<Effect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case Effect.StatusChanged(var status) -> seen(status);
                case Effect.Audited _ -> {}
                default -> {
                    if (random.nextInt(10) > 0) {
                        toServices.add(effect);
                    }
                }
            }
        }
    }

    private void seen(MigrationStatus status) {
        if (status.state() == MigrationState.AWAITING_APPROVAL) {
            toLifecycle.add(new Fact.Approval(status.id(), status.planDigest().orElseThrow(), "bob", true, ""));
        }
        if (status.state() == MigrationState.PAUSED && random.nextInt(3) > 0) {
            command(status.id(), Command.RESUME);
        }
    }

    private void meddle() {
        var ids = List.copyOf(wishes.keySet());
        var id = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(6)) {
            case 0 -> command(id, Command.PAUSE);
            case 1 -> command(id, Command.CANCEL);
            case 2 -> command(id, Command.ROLL_BACK);
            case 3 -> toLifecycle.add(new Fact.WorkDelayed(id, "executor", WRONG));
            case 4 -> toLifecycle.add(new Fact.RollbackCommanded(id, 1 + random.nextInt(3), random.nextInt(2), "x"));
            default -> {
                var keys = List.copyOf(wishes.get(id).wanted().keySet());
                target.put(keys.get(random.nextInt(keys.size())), "written by others " + meddling);
            }
        }
    }

    private void command(MigrationId id, Command command) {
        toLifecycle.add(new Fact.Commanded(id, "r-" + ++commands, command, "carol", ""));
    }

    private void serve(Effect effect) {
        var key = switch (effect) {
            case Effect.PlanRequested plan -> "plan " + plan.id() + " " + plan.revision();
            case Effect.DryRunRequested dryRun -> "dry run " + dryRun.id() + " " + dryRun.revision();
            case Effect.SnapshotRequested snapshot -> "snapshot " + snapshot.id() + " " + snapshot.revision();
            case Effect.RehearsalRequested rehearsal -> "rehearsal " + rehearsal.id() + " " + rehearsal.revision();
            case Effect.MonitoringRequested asked ->
                "monitoring " + asked.id() + " " + asked.revision() + " " + asked.asking();
            case Effect.VerifyPhase verify -> "verify " + verify.id() + " " + verify.epoch() + " " + verify.phase();
            case Effect.Command(var command) ->
                "command " + command.envelope().id() + " " + command.envelope().position();
            case Effect.DrillRequested _, Effect.DrillReported _, Effect.StatusChanged _, Effect.Audited _ ->
                throw new IllegalArgumentException();
        };
        var answer = answers.get(key);
        if (answer == null) {
            answer = services.work(effect);
            answers.put(key, answer);
        }
        if (random.nextInt(10) > 0) {
            toLifecycle.add(answer);
        }
    }

    private static ChangeRequest change(MigrationId id) {
        return new ChangeRequest(
                id,
                ENVIRONMENT,
                ChangeRequest.Intent.APPLY,
                Digest.ofText("bundle of " + id),
                Optional.empty(),
                Optional.of(new byte[] {7}),
                "4be21d0",
                "alice");
    }

    boolean hasEnded() {
        return wishes.keySet().stream()
                .allMatch(id -> shell.status(id).filter(MigrationStatus::ended).isPresent());
    }

    List<MigrationStatus> ends() {
        return wishes.keySet().stream().map(this::status).toList();
    }

    MigrationStatus status(MigrationId id) {
        return shell.status(id).orElseThrow();
    }

    EnvironmentState environment() {
        return shell.environment(ENVIRONMENT);
    }

    List<String> statuses() {
        return wishes.keySet().stream()
                .map(id -> id + " "
                        + shell.status(id)
                                .map(status -> status.state() + ", waits for " + status.waitsFor())
                                .orElse("unknown"))
                .toList();
    }
}
