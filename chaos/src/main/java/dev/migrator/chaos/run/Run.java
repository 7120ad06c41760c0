package dev.migrator.chaos.run;

import dev.migrator.chaos.fault.ChaosStack;
import dev.migrator.chaos.fault.Holders;
import dev.migrator.chaos.fault.Injector;
import dev.migrator.chaos.model.Change;
import dev.migrator.chaos.model.Expected;
import dev.migrator.chaos.model.PlannedFault;
import dev.migrator.chaos.model.PlannedMigration;
import dev.migrator.chaos.model.RunPlan;
import dev.migrator.chaos.outside.Journal;
import dev.migrator.chaos.outside.Said;
import dev.migrator.chaos.outside.Seeder;
import dev.migrator.demo.Dump;
import dev.migrator.demo.outside.Outside;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** One run: puts the state there, starts migrations and faults, waits for the ends, and has it judged. */
public final class Run {
    /** No run takes longer. */
    public static final Duration BOUND = Duration.ofMinutes(4);

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);
    private static final String SETTLE_MARKER = "__migrator_settle_";

    private static final Pattern MARK =
            Pattern.compile("acl DENY User:(?:\\*|migrator\\.removal\\.marker) \\w+ on LITERAL TOPIC (\\S+) from \\*");

    private final RunPlan plan;
    private final ChaosStack chaos;
    private final Journal journal;
    private final People people;
    private final Page page;
    private final Injector injector;
    private final Timeline timeline = new Timeline();
    private final List<Failed> failed = new CopyOnWriteArrayList<>();
    private final List<Recovery> recoveries = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    private Run(RunPlan plan, ChaosStack chaos, Journal journal, Page page) {
        this.plan = plan;
        this.chaos = chaos;
        this.journal = journal;
        this.people = new People(chaos.stack());
        this.page = page;
        this.injector = new Injector(chaos);
    }

    /** Returns within little more than {@link #BOUND}; everything in the stack is running then. */
    public static Outcome of(RunPlan plan, ChaosStack chaos, Journal journal, Page page) {
        return new Run(plan, chaos, journal, page).run();
    }

    private Outcome run() {
        long start = System.nanoTime();
        try (var outside = new Outside(chaos.stack(), plan.environment());
                var seeder = new Seeder(chaos.stack(), plan.environment())) {
            var before = seed(seeder, outside);
            if (failed.isEmpty()) {
                try {
                    carryOut(seeder, start + BOUND.toNanos());
                } finally {
                    injector.heal();
                }
            }
            if (failed.isEmpty()) {
                failed.addAll(judged(before, outside));
                nothingIsHeld(outside);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            failed.add(new Failed("the run", "an end", "an interruption"));
        }
        tell();
        return new Outcome(
                plan,
                Judge.ends(plan, journal),
                List.copyOf(failed),
                List.copyOf(recoveries),
                Duration.ofNanos(System.nanoTime() - start),
                timeline.lines());
    }

    private Dump seed(Seeder seeder, Outside outside) throws InterruptedException {
        var wanted = new Expected(read(outside));
        seeder.create(plan.before());
        plan.before().forEach(change -> change.applyTo(wanted));
        var dump = new Dump[1];
        boolean shows = await("what was put there shows", SETTLED_WITHIN, () -> {
            dump[0] = read(outside);
            return wanted.differences(dump[0]).isEmpty();
        });
        if (!shows) {
            wanted.differences(dump[0])
                    .forEach(difference -> failed.add(new Failed(
                            "what was put there shows: " + difference.thing(),
                            difference.expected(),
                            difference.found())));
        }
        return dump[0];
    }

    /**
     * All but what concerns nobody: settle markers that a killed or cut off executor could not remove, and the marks of
     * topics that are gone.
     */
    private static Dump read(Outside outside) {
        var all = outside.read();
        return all.where(name -> !name.contains(SETTLE_MARKER) && !marksNothing(name, all));
    }

    private static boolean marksNothing(String entry, Dump all) {
        var mark = MARK.matcher(entry);
        return mark.matches() && !all.entries().containsKey(Dump.topic(mark.group(1)));
    }

    private void carryOut(Seeder seeder, long deadline) throws InterruptedException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var faults = new ArrayList<Future<?>>();
            var refusals = new ArrayList<Future<?>>();
            plan.faults().forEach(fault -> faults.add(threads.submit(() -> fault(fault))));
            plan.migrations().forEach(migration -> {
                threads.submit(watched("asking for " + migration.id(), () -> drive(migration)));
                refusals.add(threads.submit(watched("refusing " + migration.id(), () -> refuse(migration, seeder))));
            });
            threads.submit(watched("approving", this::approve));
            awaitEnds(deadline);
            over = true;
            for (var fault : faults) {
                finish(fault, Math.max(Duration.ofSeconds(30).toNanos(), deadline - System.nanoTime()));
            }
            // each allows again what it refused: not to be interrupted in that
            for (var refusal : refusals) {
                finish(refusal, Duration.ofSeconds(30).toNanos());
            }
        } finally {
            over = true;
            threads.shutdownNow();
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                failed.add(new Failed("the run's own threads", "an end", "some go on"));
            }
        }
    }

    private void finish(Future<?> fault, long nanos) throws InterruptedException {
        try {
            fault.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            failed.add(new Failed("a fault", "put right", e.getCause().toString()));
        } catch (TimeoutException _) {
            failed.add(new Failed("a fault", "put right in time", "not yet"));
        }
    }

    /** Nothing fails unseen. */
    private Callable<Void> watched(String what, Callable<Void> work) {
        return () -> {
            try {
                return work.call();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                failed.add(new Failed(what, "no error", e.toString()));
                throw e;
            }
        };
    }

    private Void fault(PlannedFault fault) throws InterruptedException {
        if (!await(fault.since(), fault.after())) {
            timeline.add("not needed any more: " + fault.title());
            return null;
        }
        var part = fault.part().equals(PlannedFault.WORKER)
                ? Holders.worker(chaos.stack(), plan.migrations().getFirst().id())
                        .orElse(ChaosStack.FIRST_EXECUTOR)
                : fault.part();
        var ids = plan.migrations().stream().map(PlannedMigration::id).toList();
        var at = injector.inject(fault, part, timeline::add);
        if (ChaosStack.EXECUTORS.contains(part)) {
            await("the executors go on after " + fault.kind() + " " + part, BOUND, () -> over || hasAnswered(at, ids));
            recoveries.add(Recoveries.after(fault.kind() + " " + part, at, journal, ids));
        }
        return null;
    }

    /** Whether everything has ended, or a command that was given before is answered. */
    private boolean hasAnswered(Instant at, List<String> ids) {
        return Recoveries.after("", at, journal, ids).worker().isPresent();
    }

    /** @return false if the run was over first */
    private boolean await(PlannedFault.Trigger trigger, Duration after) throws InterruptedException {
        var type = switch (trigger) {
            case START -> Optional.<String>empty();
            case WRITING -> Optional.of("ApplyBatch");
            case UNDOING -> Optional.of("RevertBatch");
        };
        while (!over && type.isPresent() && !isCommanded(type.get())) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        long end = System.nanoTime() + after.toNanos();
        while (!over && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, 50));
        }
        return !over;
    }

    private boolean isCommanded(String type) {
        return journal.on(Journal.BATCHES)
                .anyMatch(command -> command.type().equals(type) && isOurs(command.text("migrationId")));
    }

    private boolean isOurs(String id) {
        return plan.migrations().stream().anyMatch(migration -> migration.id().equals(id));
    }

    private Void drive(PlannedMigration migration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(migration.startsAfter().toNanos());
        Optional<String> checked = switch (migration.check()) {
            case NONE -> Optional.empty();
            case GOOD -> Optional.of(page.url(true));
            case BAD -> Optional.of(page.url(false));
        };
        people.submit(migration.id(), plan.environment(), migration.changes(), checked);
        timeline.add("asked for " + migration.id());
        if (migration.steering().isPresent()) {
            steer(migration.id(), migration.steering().get());
        }
        return null;
    }

    private void steer(String id, PlannedMigration.Steering steering) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(steering.after().toNanos());
        switch (steering.command()) {
            case CANCEL -> command(id, "cancel");
            case ROLL_BACK -> command(id, "rollback");
            case PAUSE_AND_RESUME -> {
                if (command(id, "pause")) {
                    TimeUnit.NANOSECONDS.sleep(steering.pause().toNanos());
                    command(id, "resume");
                }
            }
        }
    }

    private boolean command(String id, String command) throws InterruptedException {
        boolean taken = people.command(id, command);
        timeline.add(command + " " + id + (taken ? "" : ": turned down"));
        return taken;
    }

    private Void refuse(PlannedMigration migration, Seeder seeder) throws InterruptedException {
        if (migration.refused().isEmpty()) {
            return null;
        }
        while (journal.of(Journal.BATCHES, migration.id()).stream()
                .noneMatch(command -> command.type().equals("ApplyBatch"))) {
            if (over) {
                return null;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        var topic = migration.refused().get();
        seeder.refuse(topic);
        timeline.add("nobody may create " + topic);
        try {
            while (!over) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } finally {
            seeder.allow(topic);
        }
        return null;
    }

    /** Approves whatever waits for it, each plan once. */
    private Void approve() throws InterruptedException {
        var approved = new HashSet<String>();
        while (!over) {
            for (var migration : plan.migrations()) {
                approve(migration.id(), approved);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return null;
    }

    private void approve(String id, HashSet<String> approved) throws InterruptedException {
        var waiting = journal.of(Journal.STATUS, id).stream()
                .reduce((_, later) -> later)
                .filter(status -> status.text("state").equals("AWAITING_APPROVAL"));
        if (waiting.isPresent() && approved.add(id + waiting.get().text("planDigest"))) {
            people.approve(id, waiting.get().text("planDigest"));
            timeline.add("approved " + id);
        }
    }

    private void awaitEnds(long deadline) throws InterruptedException {
        while (!plan.migrations().stream().allMatch(migration -> journal.ended(migration.id()))) {
            if (!failed.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                failed.add(new Failed(
                        "all migrations end",
                        "within " + BOUND.toSeconds() + " s",
                        Judge.ends(plan, journal) + ", which wait for " + waitsFor()));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private List<String> waitsFor() {
        return plan.migrations().stream()
                .map(migration -> journal.of(Journal.STATUS, migration.id()).stream()
                        .reduce((_, later) -> later)
                        .map(status -> status.text("waitsFor"))
                        .orElse("nothing"))
                .toList();
    }

    private List<Failed> judged(Dump before, Outside outside) throws InterruptedException {
        var after = new Dump[1];
        // what was acknowledged, the removal of a marker too, may take a moment to show
        await("the judgement holds", SETTLED_WITHIN, () -> {
            after[0] = read(outside);
            return Judge.judge(plan, before, after[0], journal).isEmpty();
        });
        return Judge.judge(plan, before, after[0], journal);
    }

    /** A migration that shares entries with all others of the run gets its turn and succeeds. */
    private void nothingIsHeld(Outside outside) throws InterruptedException {
        var id = plan.name() + "-probe";
        var changes = new LinkedHashMap<String, Change>();
        changes.put("probe", plan.probe());
        for (var migration : plan.migrations()) {
            migration.changes().stream()
                    .filter(Change.TopicWanted.class::isInstance)
                    .map(change -> ((Change.TopicWanted) change).name())
                    .findFirst()
                    .ifPresent(topic -> changes.put(
                            topic, new Change.TopicWanted(topic, new TreeMap<>(Map.of("segment.ms", "86400000")))));
        }
        people.submit(id, plan.environment(), List.copyOf(changes.values()), Optional.empty());
        timeline.add("asked for " + id + ", which shares entries with all others");
        var approved = new HashSet<String>();
        boolean ended = await("the probe ends", Duration.ofSeconds(60), () -> {
            approve(id, approved);
            return journal.ended(id);
        });
        if (!ended || !journal.state(id).equals("SUCCEEDED")) {
            failed.add(new Failed(
                    "nothing is held any more: a last migration of the same entries",
                    "SUCCEEDED within 60 s",
                    journal.state(id) + "; unfinished " + people.unfinished(plan.environment())));
        }
        var there = outside.read().names();
        if (ended && there.stream().noneMatch(name -> name.equals(Dump.topic(plan.name() + ".probe")))) {
            failed.add(new Failed("topic of the last migration", "there", "nothing"));
        }
    }

    private boolean await(String what, Duration atMost, Callable<Boolean> holds) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                if (holds.call()) {
                    return true;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (System.nanoTime() > deadline) {
                    failed.add(new Failed(what, "no error", e.toString()));
                    return false;
                }
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Adds what the services said to the timeline. */
    private void tell() {
        for (var migration : plan.migrations()) {
            String last = "";
            for (Said status : journal.of(Journal.STATUS, migration.id())) {
                if (!status.text("state").equals(last)) {
                    timeline.add(status.at(), migration.id() + " " + status.text("state"));
                }
                last = status.text("state");
            }
        }
    }
}
