package dev.migrator.core.report;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ApprovalStatement;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.snapshot.ChunkRules;
import dev.migrator.core.snapshot.ChunkWriter;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.SnapshotEntry;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the topics and the bucket hold of a migration of two batches that was rolled back. A test changes parts of it before the
 * report is written: as somebody does who can make a whole report anew.
 */
final class Sample {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    static final MigrationId ID = new MigrationId("m-1");
    static final String ENVIRONMENT = "production";
    /** Of the first phase. */
    static final Bake BAKE = Bake.parse("10m");

    static final KeyPair KEYS = keys();

    final List<Recorded<MigrationStatus>> statuses = new ArrayList<>();
    final List<Recorded<SignedApproval>> approvals = new ArrayList<>();
    final List<Recorded<Fact.OfMigration>> facts = new ArrayList<>();
    final List<Recorded<AuditRecord>> audit = new ArrayList<>();
    final List<Missing> missing = new ArrayList<>();
    final Map<String, byte[]> objects = new TreeMap<>();
    final Plan plan;
    private final String planUri;
    private long offset;
    private Duration passed = Duration.ZERO;

    Sample() {
        this(List.of(), List.of());
    }

    Sample(List<ApprovalNeed> needs) {
        this(needs, List.of());
    }

    /**
     * @param needs that the plan itself has of approvals
     * @param rehearsedFor policies that ask for its rehearsal
     */
    Sample(List<ApprovalNeed> needs, List<String> rehearsedFor) {
        var before = new TreeMap<EntryKey, EntryState>();
        before.put(topic("orders"), new EntryState.Present(retention("1"), "life-1"));
        before.put(topic("refunds"), EntryState.ABSENT);
        plan = plan(before, needs).rehearsedFor(rehearsedFor);
        planUri = put("c/m-1/plan.json", PlanCodec.bytes(plan));
        var snapshot = snapshot(before);
        for (var state : List.of(
                MigrationState.REQUESTED,
                MigrationState.PLANNED,
                MigrationState.EXECUTING,
                MigrationState.ROLLING_BACK,
                MigrationState.ROLLED_BACK)) {
            statuses.add(recorded("migration.status", status(statuses.size() + 1L, state, snapshot)));
        }
        approvals.add(recorded("migration.approvals", signed(statement("bob"))));
        var said = "{\"format\":1,\"said\":\"accepted\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        fact(new Fact.DryRunAnswered(ID, 1, digest(), accepting(put(named("c/m-1/dry-run-1", said), said), said)));
        fact(new Fact.SnapshotStored(
                ID, 1, digest(), snapshot, Digest.of(objects.get(snapshot)), plan.beforeHash(), 2));
        fact(answer(2, WorkerAnswer.Kind.APPLY_BATCH, 0, topic("refunds")));
        fact(answer(3, WorkerAnswer.Kind.APPLY_BATCH, 1, topic("orders")));
        var evidence = "{\"format\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        fact(new Fact.PhaseVerified(ID, 1, 0, put(named("c/m-1/evidence-1-0", evidence), evidence)));
        var again = "{\"format\":1,\"once\":\"more\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        passed = BAKE.duration();
        fact(new Fact.PhaseVerified(ID, 2, 0, put(named("c/m-1/evidence-2-0", again), again)));
        fact(new Fact.AnomalyDetected(ID, 2, 1, List.of(Problem.of("CHK-HTTP", "the page says no"))));
        fact(new Fact.RollbackCommanded(ID, 2, 1, "the page says no"));
        fact(answer(4, WorkerAnswer.Kind.REVERT_BATCH, 1, topic("orders")));
        fact(answer(5, WorkerAnswer.Kind.REVERT_BATCH, 0, topic("refunds")));
        fact(closed(plan.beforeHash()));
        for (String decision : List.of("requested", "approval-granted", "rollback-decided", "rolled-back")) {
            audit.add(recorded("migration.audit", entry(decision)));
        }
    }

    private static DryRunReport accepting(String uri, byte[] said) {
        return new DryRunReport(2, 0, 0, List.of(), List.of(), uri, Optional.of(Digest.of(said)));
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static EntryKey topic(String name) {
        return new EntryKey("kafka", "topic", name);
    }

    static Content retention(String millis) {
        return Content.of("config.retention.ms", Value.of(millis));
    }

    private static Plan plan(Map<EntryKey, EntryState> before, List<ApprovalNeed> needs) {
        var phases = List.of(
                phase(0, new Operation.Create(topic("refunds"), retention("7")), ""),
                phase(1, new Operation.Update(topic("orders"), retention("1"), retention("2")), "life-1"));
        var unhashed = planOf(phases, Digest.ofText("-"), needs);
        return planOf(phases, StateHash.of(StateHash.pairs(unhashed), before), needs);
    }

    private static Plan planOf(List<Phase> phases, Digest before, List<ApprovalNeed> needs) {
        return new Plan(
                ENVIRONMENT,
                Digest.ofText("bundle"),
                Digest.ofText("policy"),
                before,
                phases,
                List.of(),
                List.of(),
                List.of(),
                needs);
    }

    private static Phase phase(int number, Operation operation, String life) {
        var planned = new PlannedOperation(
                "uid-" + number, "Topic/" + number, operation, life, Risk.MUTATING, UndoClass.EXACT, List.of());
        return new Phase(
                number,
                "phase-" + number,
                List.of(new Batch(number, "kafka", List.of(planned))),
                List.of(),
                "",
                number == 0 ? BAKE : Bake.NONE);
    }

    Digest digest() {
        return PlanCodec.digest(plan);
    }

    String put(String key, byte[] bytes) {
        objects.put(key, bytes);
        return key;
    }

    private static String named(String key, byte[] bytes) {
        return key + "-" + Digest.of(bytes).hex() + ".json";
    }

    private String snapshot(Map<EntryKey, EntryState> states) {
        var writer = new ChunkWriter(
                ChunkRules.STANDARD,
                chunk -> put("chunks/" + chunk.ref().digest().hex(), chunk.compressed()));
        new TreeMap<>(states).forEach((key, state) -> writer.add(new SnapshotEntry(key, state)));
        var manifest = new Manifest(
                ENVIRONMENT,
                new Coverage.OfPlan(ID.value(), 1, digest(), "c"),
                writer.finish(),
                new TreeMap<>(Map.of("kafka", "cluster-1")),
                new TreeMap<>(),
                START,
                "test");
        return put("snapshots/production/s/manifest.json", ManifestCodec.bytes(manifest));
    }

    private Instant now() {
        return START.plus(passed);
    }

    <T> Recorded<T> recorded(String topic, T said) {
        return new Recorded<>(topic, 3, offset, now().plusSeconds(offset++), said);
    }

    void fact(Fact.OfMigration fact) {
        facts.add(recorded("migration.facts", fact));
    }

    MigrationStatus status(long sequence, MigrationState state, String snapshot) {
        var planned = state != MigrationState.REQUESTED;
        var approved = new ChecklistLine("approved", ChecklistLine.Mark.PASSED, "granted by bob");
        var dryRun = new ChecklistLine("dry-run", ChecklistLine.Mark.PASSED, "2 accepted");
        return new MigrationStatus(
                ID,
                ENVIRONMENT,
                sequence,
                state,
                state.isEnd(),
                ChangeRequest.Intent.APPLY,
                "c",
                "alice",
                Optional.of(Digest.ofText("bundle")),
                Optional.empty(),
                1,
                "",
                0,
                2,
                WorkerAnswer.Counts.NONE,
                "",
                planned ? Optional.of(digest()) : Optional.empty(),
                planned ? Optional.of(planUri) : Optional.empty(),
                planned ? Optional.of(snapshot) : Optional.empty(),
                planned ? Optional.of(plan.beforeHash()) : Optional.empty(),
                state == MigrationState.ROLLED_BACK ? Optional.of(plan.beforeHash()) : Optional.empty(),
                planned ? List.of(approved, dryRun) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                START.plusSeconds(sequence),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    ApprovalStatement statement(String approver) {
        return new ApprovalStatement(ENVIRONMENT, ID, digest(), approver, true, "", List.of());
    }

    static SignedApproval signed(ApprovalStatement statement) {
        return new SignedApproval(statement, sign(statement.bytes()), key().id());
    }

    WorkerAnswer closedWith(Digest hash) {
        return new WorkerAnswer(
                ID,
                new Position(2, 6),
                WorkerAnswer.Kind.CLOSE,
                -1,
                WorkerAnswer.Result.DONE,
                WorkerAnswer.Counts.NONE,
                Optional.of(hash),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    Fact.Answered closed(Digest hash) {
        return new Fact.Answered(closedWith(hash));
    }

    Fact.Answered answer(long seq, WorkerAnswer.Kind kind, int batch, EntryKey written) {
        var outcomes = CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "migration", Value.of(ID.value()),
                "epoch", Value.of(1),
                "seq", Value.of(seq),
                "command", Value.of(kind.name()),
                "batch", Value.of(batch),
                "result", Value.of("DONE"),
                "outcomes",
                        Value.array(List.of(Value.object(
                                "key",
                                PlanCodec.key(written),
                                "is",
                                Value.of("applied"),
                                "incarnation",
                                Value.of("x"))))));
        return new Fact.Answered(new WorkerAnswer(
                ID,
                new Position(1, seq),
                kind,
                batch,
                WorkerAnswer.Result.DONE,
                new WorkerAnswer.Counts(1, 0, 0, 0, 0),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(put(named("c/m-1/outcomes-" + seq, outcomes), outcomes))));
    }

    AuditRecord entry(String decision) {
        var at = now().plusSeconds(offset);
        var plan = Optional.of(digest());
        var id = AuditRecord.idOf(
                "lifecycle", at, ENVIRONMENT, ID.value(), decision, "bob", plan, Optional.empty(), List.of("a line"));
        return new AuditRecord(
                id,
                at,
                "lifecycle",
                ENVIRONMENT,
                ID.value(),
                decision,
                "bob",
                plan,
                Optional.empty(),
                List.of("a line"));
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        ReportWriter.write(new ReportFacts(statuses, approvals, facts, audit, missing), bucket(), MADE, SIGNER, out);
        return out.toByteArray();
    }

    static final ReportManifest.Made MADE = new ReportManifest.Made(START.plusSeconds(3_600), "carol", "test");

    private ReportObjects bucket() {
        return new ReportObjects() {
            @Override
            public Found object(String key) {
                var bytes = objects.get(key);
                return bytes == null
                        ? new Found.Not(Problem.of("OBJ-MISSING", "an object is not in the bucket")
                                .about(key))
                        : new Found.Here(bytes);
            }

            @Override
            public Found chunk(Digest chunk) {
                return object("chunks/" + chunk.hex());
            }
        };
    }

    static final ReportSigner SIGNER = new ReportSigner() {
        @Override
        public byte[] sign(byte[] bytes) {
            return Sample.sign(bytes);
        }

        @Override
        public byte[] publicKey() {
            return KEYS.getPublic().getEncoded();
        }
    };

    static byte[] sign(byte[] bytes) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(KEYS.getPrivate());
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static ReportKey key() {
        return ReportKey.ofBase64(
                Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    }

    static ReportSource source(byte[] bytes) {
        return new ReportSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public byte[] read(long from, int length) {
                if (from < 0 || length < 0 || from + length > bytes.length) {
                    throw new AssertionError("read of " + length + " bytes at " + from + " of " + bytes.length);
                }
                return Arrays.copyOfRange(bytes, (int) from, (int) from + length);
            }
        };
    }

    static ReportVerdict check(byte[] bytes) {
        return ReportCheck.of(source(bytes), Optional.of(key()));
    }

    ReportVerdict check() {
        return check(bytes());
    }
}
