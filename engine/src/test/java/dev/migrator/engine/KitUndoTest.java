package dev.migrator.engine;

import static dev.migrator.engine.Plans.acl;
import static dev.migrator.engine.Plans.create;
import static dev.migrator.engine.Plans.delete;
import static dev.migrator.engine.Plans.hash;
import static dev.migrator.engine.Plans.plan;
import static dev.migrator.engine.Plans.topic;
import static dev.migrator.engine.Plans.update;
import static dev.migrator.engine.Plans.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.WorkerAnswer.Counts;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.undo.KitTarget;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.FaultyTarget.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Undoing by kit alone: no lifecycle, no journal, no memory of an earlier run. */
class KitUndoTest {
    private static final Content UNMANAGED = Content.of("config.unmanaged", Value.of("theirs"));

    private final EngineFixture engine = new EngineFixture();

    /** A random state, a random plan for it, applied up to a random call that writes. */
    private static final class Applied {
        final EngineFixture engine = new EngineFixture();
        final Random random;
        final Plan plan;
        final Map<EntryKey, EntryState> before;

        Applied(long seed) throws Exception {
            random = new Random(seed);
            for (int i = 0; i < 8; i++) {
                if (random.nextBoolean()) {
                    engine.target.outsiderSets(topic("t-" + i), value());
                }
                if (random.nextBoolean()) {
                    engine.target.outsiderSets(acl("a-" + i), Content.EMPTY);
                }
            }
            plan = randomPlan();
            before = new TreeMap<>(engine.target.truth());
            var guard = new DiesAfter(random.nextInt(30));
            try {
                for (int batch = 0; batch < plan.batches().count(); batch++) {
                    engine.execute(new WorkerCommand.ApplyBatch(engine.next(plan), batch), plan, guard);
                }
            } catch (TargetException.Fenced _) {
                // that is where the executor died
            }
        }

        private Content value() {
            return Content.of("config.a", Value.of("" + random.nextInt(3)));
        }

        private Plan randomPlan() {
            List<List<Operation>> batches = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                if (batches.isEmpty() || random.nextBoolean()) {
                    batches.add(new ArrayList<>());
                }
                if (random.nextInt(3) > 0) {
                    batches.getLast().add(ofTopic(topic("t-" + i)));
                }
                if (random.nextInt(3) == 0) {
                    batches.getLast().add(ofAcl(acl("a-" + i)));
                }
                if (random.nextInt(3) == 0) {
                    batches.getLast().add(create(version("v-" + i), "1"));
                }
            }
            batches.removeIf(List::isEmpty);
            return plan(engine.target, List.of(batches));
        }

        private Operation ofTopic(EntryKey key) {
            if (!(engine.target.truth(key) instanceof EntryState.Present(var content, var _))) {
                return create(key, "new");
            }
            var now = ((Value.Text) content.get("config.a")).value();
            return random.nextBoolean() ? update(key, now, "new") : delete(key, now);
        }

        private Operation ofAcl(EntryKey key) {
            return engine.target.truth(key).exists()
                    ? new Operation.Delete(key, Content.EMPTY, Removal.RETIRE)
                    : new Operation.Create(key, Content.EMPTY);
        }

        /** Through the file, as a person has it. */
        UndoKit kit() {
            return UndoKitCodec.read(UndoKitCodec.bytes(KitUndoTest.kit(plan)));
        }

        KitUndo.Report undo(WriteGuard guard) throws Exception {
            return new KitUndo(_ -> engine.target, EngineFixture.SETTINGS, engine.pace)
                    .run(kit(), guard, KitUndo.Progress.NONE);
        }
    }

    private static UndoKit kit(Plan plan) {
        return new UndoKit(
                EngineFixture.ID,
                "4be21d0",
                plan,
                PlanCodec.digest(plan),
                Optional.empty(),
                UndoKit.written(plan).stream()
                        .map(name -> new KitTarget(name, "memory", ""))
                        .toList());
    }

    @Property(tries = 2_000)
    void whereverTheExecutorDiedAndHoweverOftenTheUndoIsKilledTheStateIsAsBefore(@ForAll long seed) throws Exception {
        var applied = new Applied(seed);
        for (int kills = applied.random.nextInt(4); kills > 0; kills--) {
            try {
                applied.undo(new DiesAfter(applied.random.nextInt(12)));
            } catch (TargetException.Fenced _) {
                // run again
            }
        }

        var report = applied.undo(WriteGuard.ALWAYS);

        assertThat(report.isAsBefore()).isTrue();
        assertThat(report.counts().conflicts() + report.counts().failed()).isZero();
        assertThat(hash(applied.plan, applied.engine.target)).isEqualTo(applied.plan.beforeHash());
        applied.before.forEach((key, state) ->
                assertThat(applied.engine.target.truth(key)).as(key.toString()).isEqualTo(state));
        int events = applied.engine.target.events().size();
        assertThat(applied.undo(WriteGuard.ALWAYS).isAsBefore()).isTrue();
        assertThat(applied.engine.target.events()).as("run again").hasSize(events);
    }

    @Property(tries = 1_000)
    void whatOthersWroteSinceSurvivesAndWhatCannotBeUndoneIsSaid(@ForAll long seed) throws Exception {
        var applied = new Applied(seed);
        var target = applied.engine.target;
        var theirs = new ArrayList<EntryKey>();
        var conflicting = new ArrayList<EntryKey>();
        for (var key : applied.plan.written()) {
            if (key.kind().equals("topic") && target.truth(key).exists()) {
                switch (applied.random.nextInt(3)) {
                    case 0 -> {
                        target.outsiderSets(key, UNMANAGED);
                        theirs.add(key);
                    }
                    case 1 -> {
                        target.outsiderSets(key, Content.of("config.a", Value.of("outsider")));
                        conflicting.add(key);
                    }
                    default -> {
                        // left alone
                    }
                }
            }
        }

        var report = applied.undo(WriteGuard.ALWAYS);

        for (var key : conflicting) {
            assertThat(target.truth(key).contentIfPresent().orElseThrow().get("config.a"))
                    .isEqualTo(Value.of("outsider"));
        }
        for (var key : theirs) {
            // what the migration had made goes with it
            if (target.truth(key) instanceof EntryState.Present(var content, var _)) {
                assertThat(content.get("config.unmanaged")).isEqualTo(Value.of("theirs"));
            }
        }
        assertThat(report.isAsBefore()).isEqualTo(conflicting.isEmpty());
        assertThat(report.isAsBefore()).isEqualTo(hash(applied.plan, target).equals(applied.plan.beforeHash()));
        if (!conflicting.isEmpty()) {
            assertThat(report.closed().answer().differences()).hasSizeGreaterThanOrEqualTo(conflicting.size());
        }
    }

    @Property(tries = 500)
    void thePreviewWritesNothingAndSaysWhatThenHappens(@ForAll long seed) throws Exception {
        var applied = new Applied(seed);
        settle(applied);
        int events = applied.engine.target.events().size();

        var preview = new KitPreview(Secrets.NONE).of(applied.kit(), Map.of(Plans.TARGET, applied.engine.target));

        assertThat(applied.engine.target.events()).hasSize(events);
        assertThat(preview.stateHash()).isEqualTo(hash(applied.plan, applied.engine.target));
        var report = applied.undo(WriteGuard.ALWAYS);
        assertThat(preview.count(KitPreview.What.UNDO))
                .isEqualTo(report.counts().applied());
        assertThat(preview.count(KitPreview.What.AS_BEFORE))
                .isEqualTo(report.counts().alreadyApplied());
        assertThat(preview.lines()).hasSize((int) applied.plan.operations().count());
    }

    private static void settle(Applied applied) throws Exception {
        applied.engine.target.settle(java.time.Duration.ofSeconds(1), WriteGuard.ALWAYS);
    }

    @Test
    void anExecutorThatComesBackWithoutTheReceiptWouldApplyAgainWhichIsWhyThereIsOne() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("new"), "1")));
        var apply = new WorkerCommand.ApplyBatch(engine.next(plan), 0);
        engine.execute(apply, plan);
        new KitUndo(_ -> engine.target, EngineFixture.SETTINGS, engine.pace)
                .run(kit(plan), WriteGuard.ALWAYS, KitUndo.Progress.NONE);

        // the same command, unanswered: compare-and-set alone finds "before" and takes it for its own
        engine.restarted().execute(apply, plan);

        assertThat(engine.target.truth(topic("new")).exists()).isTrue();
    }

    @Test
    void whatHoldsDataByNowIsKeptOutOfUseAndListed() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("new"), "1")), List.of(create(topic("empty"), "1")));
        engine.apply(plan, 0);
        engine.apply(plan, 1);
        engine.target.putData(topic("new"));
        var undo = new KitUndo(_ -> engine.target, EngineFixture.SETTINGS, engine.pace);

        var seen = new ArrayList<String>();
        var report = undo.run(
                kit(plan),
                WriteGuard.ALWAYS,
                (batch, done, total) -> seen.add(batch.answer().batch() + " " + done + "/" + total));

        assertThat(seen).containsExactly("1 1/2", "0 2/2");
        assertThat(report.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0));
        assertThat(report.isAsBefore()).isTrue();
        assertThat(report.closed().answer().retained()).containsExactly("topic new (memory)");
        assertThat(new KitPreview(Secrets.NONE)
                        .of(kit(plan), Map.of(Plans.TARGET, engine.target))
                        .count(KitPreview.What.RETAINED))
                .isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsTriedOnceMoreAfterAllOthers() throws Exception {
        engine.target.outsiderSets(acl("used"), Content.EMPTY);
        var plan = plan(
                engine.target,
                List.of(new Operation.Delete(acl("used"), Content.EMPTY, Removal.RETIRE)),
                List.of(create(topic("needed"), "1"), create(topic("other"), "1")));
        engine.apply(plan, 0);
        engine.apply(plan, 1);
        engine.target.refusing(operation -> operation.key().equals(topic("needed"))
                && !engine.target.truth(acl("used")).exists());

        var seen = new ArrayList<String>();
        var report = new KitUndo(_ -> engine.target, EngineFixture.SETTINGS, engine.pace)
                .run(
                        kit(plan),
                        WriteGuard.ALWAYS,
                        (batch, done, total) -> seen.add(batch.answer().batch() + " " + done + "/" + total));

        assertThat(seen).containsExactly("1 1/3", "0 2/3", "1 3/3");
        assertThat(report.counts()).isEqualTo(new Counts(3, 0, 0, 0, 0));
        assertThat(report.outcomes()).hasSize(3);
        assertThat(report.isAsBefore()).isTrue();
    }

    @Test
    void aSecretThatIsMissingFailsAloneAndIsSeenBefore() throws Exception {
        var readable = Content.of(Map.of("config.a", Value.of("1"), "config.b", Value.of("1")));
        var secret = readable.and(Content.of("secret.password", Value.of("${secret:old}")));
        var later = Content.of(Map.of(
                "secret.password", Value.of("${secret:new}"), "config.a", Value.of("2"), "config.b", Value.of("2")));
        engine.target.outsiderSets(topic("t"), readable);
        var plan =
                plan(engine.target, List.of(new Operation.Update(topic("t"), secret, later), create(topic("u"), "1")));
        var known = new SecretTargets(_ -> engine.target, name -> Optional.of("value of " + name));
        new Engine(known, new MemoryJournal(), EngineFixture.SETTINGS, engine.pace)
                .execute(new WorkerCommand.ApplyBatch(engine.next(plan), 0), plan, (_, _) -> true, WriteGuard.ALWAYS);

        var preview = new KitPreview(Secrets.NONE).of(kit(plan), Map.of(Plans.TARGET, engine.target));
        assertThat(preview.count(KitPreview.What.NO_SECRET)).isEqualTo(1);
        var report = new KitUndo(
                        new SecretTargets(_ -> engine.target, Secrets.NONE), EngineFixture.SETTINGS, engine.pace)
                .run(kit(plan), WriteGuard.ALWAYS, KitUndo.Progress.NONE);
        assertThat(report.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1));
        assertThat(report.isAsBefore()).isFalse();
        assertThat(new KitUndo(known, EngineFixture.SETTINGS, engine.pace)
                        .run(kit(plan), WriteGuard.ALWAYS, KitUndo.Progress.NONE)
                        .isAsBefore())
                .isTrue();
    }

    @Test
    void answersThatAreLostAreAskedForAgain() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("a"), "1"), create(topic("b"), "1")));
        engine.apply(plan, 0);
        var calls = new int[1];
        var faulty = new FaultyTarget(engine.target, call -> calls[0]++ % 3 == 1 ? Fault.UNAVAILABLE : Fault.NONE);

        var report = new KitUndo(_ -> faulty, EngineFixture.SETTINGS, engine.pace)
                .run(kit(plan), WriteGuard.ALWAYS, KitUndo.Progress.NONE);

        assertThat(report.isAsBefore()).isTrue();
        assertThat(engine.target.truth()).isEmpty();
    }

    /** A process that dies at its n-th call that writes, and every one after it. */
    private static final class DiesAfter implements WriteGuard {
        private int left;

        DiesAfter(int calls) {
            this.left = calls;
        }

        @Override
        public void check() throws TargetException.Fenced {
            if (left-- <= 0) {
                throw new TargetException.Fenced(dev.migrator.core.error.Problem.of("TST-DEAD", "it died here"));
            }
        }
    }
}
