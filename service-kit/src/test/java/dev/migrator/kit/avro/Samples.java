package dev.migrator.kit.avro;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.Lock;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.MonitoringReport;
import dev.migrator.core.lifecycle.PlanSummary;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.RehearsalReport;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Claim;
import dev.migrator.core.plan.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random values of everything that travels, from a seed. Every constant and every optional part turns up. */
public final class Samples {
    private static final String[] TEXTS = {"", "orders.refunds", "Größe ∑ 😀", "a\"b\\c\n", "x".repeat(300)};

    private final RandomGenerator random;

    public Samples(long seed) {
        this.random = new java.util.SplittableRandom(seed);
    }

    /** One of each kind of fact that travels. */
    public List<Fact.OfMigration> facts() {
        return List.of(
                new Fact.Requested(change()),
                new Fact.PlanProposed(id(), revision(), summary()),
                new Fact.PlanRejected(id(), revision(), many(this::problem)),
                new Fact.DryRunAnswered(
                        id(),
                        revision(),
                        digest(),
                        new DryRunReport(
                                random.nextInt(),
                                random.nextInt(),
                                random.nextInt(),
                                many(this::problem),
                                many(this::text),
                                text(),
                                maybe(this::digest))),
                new Fact.MonitoringAnswered(
                        id(),
                        revision(),
                        revision(),
                        digest(),
                        new MonitoringReport(many(this::text), many(this::problem), text(), maybe(this::digest))),
                new Fact.RehearsalAnswered(
                        id(),
                        revision(),
                        digest(),
                        digest(),
                        new RehearsalReport(
                                random.nextInt(),
                                random.nextInt(),
                                random.nextInt(),
                                many(this::text),
                                maybe(this::problem),
                                text(),
                                maybe(this::digest))),
                new Fact.DrillOrdered(new DrillOrder(
                        text(),
                        "r-" + random.nextInt(9),
                        id(),
                        maybe(() -> one(DrillFault.values())),
                        text(),
                        instant())),
                new Fact.DrillAnswered(drill()),
                new Fact.SnapshotStored(id(), revision(), digest(), text(), digest(), digest(), random.nextLong()),
                new Fact.SnapshotFailed(id(), revision(), problem()),
                approval(random.nextBoolean()),
                new Fact.Commanded(id(), text(), one(Fact.Commanded.Command.values()), text(), text()),
                new Fact.Answered(answer()),
                new Fact.PhaseVerified(id(), random.nextInt(), random.nextInt(), text()),
                new Fact.AnomalyDetected(id(), random.nextInt(), random.nextInt(), many(this::problem)),
                new Fact.RollbackCommanded(id(), random.nextInt(), random.nextInt(), text()),
                new Fact.WorkDelayed(id(), text(), problem()));
    }

    /** One of each kind of effect. */
    public List<Effect> effects() {
        boolean inline = random.nextBoolean();
        return List.of(
                new Effect.PlanRequested(
                        id(),
                        revision(),
                        text(),
                        text(),
                        digest(),
                        inline ? Optional.empty() : Optional.of(text()),
                        inline ? Optional.of(bytes()) : Optional.empty(),
                        maybe(this::selector),
                        random.nextBoolean()),
                new Effect.DryRunRequested(id(), revision(), text(), text(), digest(), text()),
                new Effect.SnapshotRequested(id(), revision(), text(), text(), digest(), text()),
                new Effect.RehearsalRequested(
                        id(),
                        revision(),
                        text(),
                        text(),
                        digest(),
                        text(),
                        text(),
                        new StoredObject(text(), digest()),
                        digest()),
                new Effect.DrillRequested(
                        id(),
                        text(),
                        one(DrillFault.values()),
                        text(),
                        text(),
                        text(),
                        digest(),
                        text(),
                        text(),
                        new StoredObject(text(), digest()),
                        digest()),
                new Effect.DrillReported(drill()),
                new Effect.MonitoringRequested(
                        id(), revision(), revision(), text(), text(), digest(), maybe(this::digest)),
                new Effect.VerifyPhase(
                        id(),
                        random.nextInt(),
                        random.nextInt(),
                        text(),
                        text(),
                        digest(),
                        text(),
                        maybe(this::instant),
                        maybe(this::digest)),
                new Effect.Command(commands().get(random.nextInt(4))),
                new Effect.StatusChanged(status()),
                new Effect.Audited(
                        id(), text(), text(), text(), maybe(this::digest), maybe(this::problem), many(this::text)));
    }

    private Instant instant() {
        return Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L));
    }

    public DrillReport drill() {
        return new DrillReport(
                text(),
                text(),
                id(),
                text(),
                one(DrillFault.values()),
                maybe(this::text),
                random.nextInt(),
                random.nextInt(),
                Duration.ofMillis(random.nextInt(1_000_000)),
                maybe(this::digest),
                maybe(this::digest),
                maybe(this::problem),
                text(),
                instant(),
                text(),
                maybe(this::digest));
    }

    /** One of each kind of command. */
    public List<WorkerCommand> commands() {
        return List.of(
                new WorkerCommand.CheckScope(envelope(), digest(), maybe(() -> new StoredObject(text(), digest()))),
                new WorkerCommand.ApplyBatch(envelope(), random.nextInt()),
                new WorkerCommand.RevertBatch(envelope(), random.nextInt()),
                new WorkerCommand.Close(envelope(), random.nextBoolean(), digest()));
    }

    public ChangeRequest change() {
        boolean inline = random.nextBoolean();
        var change = new ChangeRequest(
                id(),
                one("test", "production"),
                one(ChangeRequest.Intent.values()),
                digest(),
                inline ? Optional.empty() : Optional.of("c/m/bundle.json"),
                inline ? Optional.of(bytes()) : Optional.empty(),
                "c" + random.nextInt(1_000),
                one("ann", "Jürgen Groß"),
                maybe(this::digest),
                maybe(this::selector));
        return maybe(this::document)
                .map(change::with)
                .orElseGet(() -> random.nextBoolean() ? change.overwritingDrift() : change);
    }

    private Document document() {
        return one(
                new Document(Document.Kind.RESTORE, "snapshot 20260102T030405Z-nightly"),
                new Document(Document.Kind.RESTORE, "migration m-1"),
                new Document(Document.Kind.PURGE, "retired by 2026-12-24T18:00:00.123Z"));
    }

    private LabelSelector selector() {
        return LabelSelector.parse(one("tier=canary", "tier=canary,team=shop"));
    }

    public WorkerAnswer answer() {
        return new WorkerAnswer(
                id(),
                position(),
                one(WorkerAnswer.Kind.values()),
                random.nextInt(-1, 100),
                one(WorkerAnswer.Result.values()),
                counts(),
                maybe(this::digest),
                many(this::text),
                many(this::text),
                maybe(this::problem),
                maybe(this::text),
                maybe(() -> new StoredObject(text(), digest())));
    }

    public MigrationStatus status() {
        return new MigrationStatus(
                id(),
                text(),
                random.nextLong(1, Long.MAX_VALUE),
                one(MigrationState.values()),
                random.nextBoolean(),
                one(ChangeRequest.Intent.values()),
                text(),
                text(),
                maybe(this::digest),
                maybe(this::text),
                random.nextInt(),
                text(),
                random.nextInt(),
                random.nextInt(),
                counts(),
                text(),
                maybe(this::digest),
                maybe(this::text),
                maybe(this::text),
                maybe(this::digest),
                maybe(this::digest),
                many(() -> new ChecklistLine(text(), one(ChecklistLine.Mark.values()), text(), many(this::link))),
                many(this::problem),
                many(this::text),
                many(this::text),
                maybe(this::text),
                Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L)),
                maybe(() -> new StoredObject(text(), digest())),
                maybe(this::selector),
                maybe(() -> new Lock(random.nextBoolean(), many(this::text), many(this::text))),
                maybe(() -> new Document(one(Document.Kind.values()), text())),
                maybe(() -> one("f-1", "f-2")));
    }

    /** A denial names no groups. */
    private Fact.Approval approval(boolean granted) {
        return new Fact.Approval(id(), digest(), text(), granted, text(), granted ? many(this::text) : List.of());
    }

    private PlanSummary summary() {
        return new PlanSummary(
                        digest(),
                        text(),
                        text(),
                        digest(),
                        many(() -> new PlanSummary.PhaseSummary(
                                text(),
                                random.nextInt(),
                                random.nextInt(),
                                random.nextInt(),
                                maybe(() -> new Bake(
                                        1 + random.nextInt(24),
                                        one(Grace.Unit.MINUTES, Grace.Unit.HOURS, Grace.Unit.SECONDS))))),
                        many(() -> new Claim(
                                text(), text(), one(Claim.Pattern.values()), text(), one(Claim.Access.values()))),
                        many(this::text),
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt(),
                        one(Risk.values()),
                        many(this::text),
                        maybe(() -> new PlanSummary.Ownership(
                                1 + random.nextInt(100), random.nextInt(100), random.nextInt(100))),
                        many(() -> new ApprovalNeed(random.nextInt(), text(), text())),
                        maybe(() -> Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L))))
                .surroundings(maybe(() -> new StoredObject(text(), digest())))
                .undoing(many(this::text))
                .rehearsedFor(many(this::text));
    }

    private WorkerCommand.Envelope envelope() {
        return new WorkerCommand.Envelope(id(), text(), text(), position(), digest(), text());
    }

    private WorkerAnswer.Counts counts() {
        return new WorkerAnswer.Counts(
                random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
    }

    private Position position() {
        return new Position(random.nextInt(), random.nextLong());
    }

    private EvidenceLink link() {
        return new EvidenceLink(text(), text(), maybe(this::digest));
    }

    private Problem problem() {
        return new Problem("TST-" + random.nextInt(100), text(), text(), text(), text(), text());
    }

    private MigrationId id() {
        return new MigrationId("m-" + random.nextInt(1_000_000));
    }

    private int revision() {
        return random.nextInt(1, 1_000);
    }

    private Digest digest() {
        return Digest.of(bytes());
    }

    private byte[] bytes() {
        var bytes = new byte[random.nextInt(0, 200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        return one(TEXTS);
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> many(Supplier<T> value) {
        var all = new ArrayList<T>();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add(value.get());
        }
        return all;
    }
}
