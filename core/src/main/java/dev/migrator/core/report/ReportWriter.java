package dev.migrator.core.report;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.FactJson;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanText;
import dev.migrator.core.snapshot.ChunkRef;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.ManifestCodec;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a report: the same facts and objects make the same bytes. One object of the bucket is in memory at a time. What cannot be
 * had is named in the manifest, and the report is written all the same.
 */
public final class ReportWriter {
    /** Of all objects out of the bucket together, in bytes; what comes after is named as missing. */
    private static final long MOST_OBJECT_BYTES = 768L << 20;
    /** Of a plan that is also written as text, in bytes. */
    private static final int MOST_TEXT_BYTES = 8 << 20;
    /** Leaves room for the files that are always there. */
    private static final int MOST_OBJECTS = ReportRules.MOST_FILES - 100;

    private final ReportFacts facts;
    private final ReportObjects objects;
    private final StoredZipWriter zip;
    private final List<ReportManifest.File> files = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();
    private final Set<String> fetched = new HashSet<>();
    private long objectBytes;

    private ReportWriter(ReportFacts facts, ReportObjects objects, OutputStream out) {
        this.facts = facts;
        this.objects = objects;
        this.zip = new StoredZipWriter(out);
        missing.addAll(facts.missing());
    }

    /**
     * @param out stays open
     * @throws ProblemException {@code RPT-LIMIT} if what the topics say does not fit
     * @throws java.io.UncheckedIOException if nobody takes the bytes any more
     */
    public static void write(
            ReportFacts facts, ReportObjects objects, ReportManifest.Made made, ReportSigner signer, OutputStream out) {
        new ReportWriter(facts, objects, out).write(made, signer);
    }

    private void write(ReportManifest.Made made, ReportSigner signer) {
        var chain = AuditChain.of(facts.newest().id(), facts.audit());
        add(ReportRules.TIMELINE, Timeline.bytes(facts));
        add(ReportRules.STATUSES, ReportLines.bytes(lines(facts.statuses(), StatusJson::toValue)));
        add(ReportRules.APPROVALS, ReportLines.bytes(lines(facts.approvals(), ReportLines::approval)));
        add(ReportRules.FACTS, ReportLines.bytes(lines(facts.facts(), FactJson::toValue)));
        add(
                ReportRules.AUDIT,
                ReportLines.bytes(chain.stream().map(AuditChain::toValue).toList()));
        plan();
        snapshot();
        facts.facts().forEach(fact -> evidence(fact.said()));
        var manifest = ManifestJson.bytes(manifest(made, signer, chain));
        zip.add(ReportRules.MANIFEST, manifest);
        zip.add(ReportRules.SIGNATURE, signature(signer.sign(manifest)));
        zip.finish();
    }

    private static <T> List<Value.Obj> lines(
            List<Recorded<T>> recorded, java.util.function.Function<T, ? extends Value> said) {
        return recorded.stream().map(one -> ReportLines.recorded(one, said)).toList();
    }

    private ReportManifest manifest(ReportManifest.Made made, ReportSigner signer, List<AuditChain.Link> chain) {
        var newest = facts.newest();
        return new ReportManifest(
                newest.id(),
                newest.environment(),
                newest.commit(),
                newest.requester(),
                newest.state(),
                newest.ended(),
                newest.planDigest(),
                newest.beforeHash(),
                newest.endHash(),
                made,
                new ReportManifest.Chain(
                        chain.size(),
                        chain.isEmpty()
                                ? AuditChain.root(newest.id())
                                : chain.getLast().link()),
                files,
                missing,
                Base64.getEncoder().encodeToString(signer.publicKey()));
    }

    static byte[] signature(byte[] signature) {
        return CanonicalJson.bytes(Value.object(
                "algorithm", Value.of("Ed25519"),
                "of", Value.of(ReportRules.MANIFEST),
                "signature", Value.of(Base64.getEncoder().encodeToString(signature))));
    }

    private void plan() {
        var newest = facts.newest();
        if (newest.planUri().isEmpty() || newest.planDigest().isEmpty()) {
            return; // never planned: the status says why
        }
        fetch(ReportRules.PLAN, newest.planUri().get(), newest.planDigest()).ifPresent(this::planText);
    }

    /** A plan in memory takes many times its bytes; who makes reports has little of it. */
    private void planText(byte[] plan) {
        var newest = facts.newest();
        try {
            if (plan.length > MOST_TEXT_BYTES) {
                throw ReportRules.tooMuch(
                        ReportRules.PLAN_TEXT,
                        "a plan of at most " + MOST_TEXT_BYTES + " bytes",
                        plan.length + " bytes");
            }
            add(ReportRules.PLAN_TEXT, planText(PlanCodec.read(plan), newest));
        } catch (ProblemException e) {
            missing.add(new Missing(ReportRules.PLAN_TEXT, e.problem()));
        }
    }

    static byte[] planText(Plan plan, MigrationStatus newest) {
        var frame = PlanFrame.BARE.from(newest.commit()).next("migrator watch " + newest.id());
        return PlanText.of(plan, frame).plain().getBytes(StandardCharsets.UTF_8);
    }

    private void snapshot() {
        var key = facts.newest().snapshotUri();
        if (key.isEmpty()) {
            return;
        }
        var stated = ReportRules.snapshotDigest(facts.facts(), key.get());
        fetch(ReportRules.SNAPSHOT, key.get(), stated).ifPresent(bytes -> {
            try {
                chunks(ManifestCodec.read(bytes));
            } catch (ProblemException e) {
                missing.add(new Missing(ReportRules.CHUNKS, e.problem()));
            }
        });
    }

    private void chunks(Manifest manifest) {
        for (ChunkRef chunk : manifest.contents().chunks()) {
            var name = ReportRules.CHUNKS + chunk.digest().hex();
            if (fetched.add(name)) {
                keep(name, objects.chunk(chunk.digest()));
            }
        }
    }

    private void evidence(Fact.OfMigration fact) {
        switch (fact) {
            case Fact.Answered(WorkerAnswer answer) ->
                answer.outcomesUri().ifPresent(key -> named(ReportRules.OUTCOMES, key, Optional.empty()));
            case Fact.PhaseVerified verified -> named(ReportRules.EVIDENCE, verified.evidenceUri(), Optional.empty());
            case Fact.DryRunAnswered said ->
                named(ReportRules.DRY_RUN, said.report().uri(), said.report().digest());
            case Fact.RehearsalAnswered said ->
                named(ReportRules.REHEARSAL, said.report().uri(), said.report().digest());
            case Fact.MonitoringAnswered said ->
                named(ReportRules.EVIDENCE, said.report().uri(), said.report().digest());
            default -> {
                // names no object
            }
        }
    }

    /** An object whose key ends with a part of its digest: whoever checks the report compares it. */
    private void named(String folder, String key, Optional<Digest> expected) {
        var name = folder + ReportRules.lastPart(key);
        if (key.isBlank()) {
            return;
        }
        if (ReportRules.isName(name)) {
            fetch(name, key, expected);
        } else if (fetched.add(name)) {
            keep(
                    name,
                    new ReportObjects.Found.Not(
                            Problem.of("RPT-CONTENT", "a file of the report does not say what it should")
                                    .about(key)));
        }
    }

    private Optional<byte[]> fetch(String name, String key, Optional<Digest> expected) {
        if (!fetched.add(name)) {
            return Optional.empty();
        }
        var found = objects.object(key);
        if (found instanceof ReportObjects.Found.Here(var bytes)
                && expected.filter(digest -> !digest.equals(Digest.of(bytes))).isPresent()) {
            found = new ReportObjects.Found.Not(
                    Problem.of("RPT-OTHER-OBJECT", "in the bucket lie other bytes than the migration names")
                            .about(key)
                            .expected(expected.get().toString())
                            .found(Digest.of(bytes).toString())
                            .todo("find out who changed the bucket"));
        }
        return keep(name, found);
    }

    private Optional<byte[]> keep(String name, ReportObjects.Found found) {
        switch (found) {
            case ReportObjects.Found.Not(var why) -> missing.add(new Missing(name, why));
            case ReportObjects.Found.Here(var bytes) -> {
                if (objectBytes + bytes.length <= MOST_OBJECT_BYTES && files.size() < MOST_OBJECTS) {
                    objectBytes += bytes.length;
                    add(name, bytes);
                    return Optional.of(bytes);
                }
                missing.add(new Missing(
                        name,
                        Problem.of("RPT-LIMIT", "a report goes past a limit")
                                .about(name)
                                .expected("objects of at most " + MOST_OBJECT_BYTES + " bytes in all")
                                .found(bytes.length + " bytes more")
                                .todo("it lies in the bucket")));
            }
        }
        return Optional.empty();
    }

    private void add(String name, byte[] bytes) {
        zip.add(name, bytes);
        files.add(new ReportManifest.File(name, bytes.length, Digest.of(bytes)));
    }
}
