package dev.migrator.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ApprovalStatement;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.RehearsalReport;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.report.CheckLine.Mark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Each check finds what it is for, in a report that is otherwise whole and signed. */
class ReportCheckTest {
    private Sample sample = new Sample();

    @Test
    void aReportOfARollbackHoldsAndSaysWhatIsNotChecked() {
        var verdict = sample.check();

        assertThat(verdict.holds()).as(text(verdict)).isTrue();
        assertThat(marks(verdict, Mark.PASSED))
                .containsExactly(
                        "files",
                        "signature",
                        "key",
                        "statuses",
                        "plan",
                        "dry-run",
                        "approvals",
                        "state-before",
                        "state-after",
                        "writes",
                        "verdicts",
                        "audit",
                        "texts");
        assertThat(marks(verdict, Mark.NOT_CHECKED)).containsExactly("audit-log");
        assertThat(text(verdict))
                .contains("computed again from the snapshot's entries", "4 outcomes in 4 answers", "is not sealed");
    }

    @Test
    void anyUnzipOpensIt() throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new java.io.ByteArrayInputStream(sample.bytes()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                if (entry.getName().equals("timeline.txt")) {
                    assertThat(new String(zip.readAllBytes(), UTF_8))
                            .startsWith("migration m-1 in production: ROLLED_BACK\n")
                            .contains("status    5 ROLLED_BACK", "granted by bob", "rollback  commanded in phase 1");
                }
            }
        }
        assertThat(names)
                .contains("timeline.txt", "plan.json", "plan.txt", "snapshot/manifest.json", "audit.jsonl")
                .endsWith("manifest.json", "signature.json");
    }

    @Test
    void aFileThatIsCompressedIsRefusedBeforeAnythingOfItIsExpanded() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            for (int i = 0; i < 64; i++) {
                zip.write(new byte[1 << 20]);
            }
            zip.closeEntry();
        }

        var read = new long[1];
        var bytes = Sample.source(out.toByteArray());
        var verdict = ReportCheck.of(
                new ReportSource() {
                    @Override
                    public long size() {
                        return bytes.size();
                    }

                    @Override
                    public byte[] read(long from, int length) {
                        read[0] += length;
                        return bytes.read(from, length);
                    }
                },
                Optional.empty());

        assertFailed(verdict, "form", "RPT-FORM");
        assertThat(read[0]).isLessThan(200);
    }

    @Test
    void aChunkThatSaysItExpandsToTooMuchIsNotExpanded() {
        var files = new Repacked(sample.bytes());
        var manifest = new String(files.files.get(ReportRules.SNAPSHOT), UTF_8);
        files.files.put(
                ReportRules.SNAPSHOT,
                manifest.replaceAll("\"bytes\":[0-9]+", "\"bytes\":2147483647").getBytes(UTF_8));

        assertFailed(Sample.check(files.signedAnew()), "state-before", "RPT-LIMIT");
    }

    @Test
    void aKeyThatIsNotTheReadersOwnIsFoundAndWithoutOneNothingIsClaimed() throws Exception {
        var other = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder()
                        .encodeToString(other.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        var report = Sample.source(sample.bytes());

        assertFailed(ReportCheck.of(report, Optional.of(ReportKey.ofPem(pem))), "key", "RPT-OTHER-KEY");
        var untrusted = ReportCheck.of(report, Optional.empty());
        assertThat(untrusted.holds()).isTrue();
        assertThat(marks(untrusted, Mark.NOT_CHECKED)).containsExactly("key", "audit-log");
    }

    @Test
    void aManifestThatWasChangedAndNotSignedAnewIsFound() {
        var files = new Repacked(sample.bytes());
        var manifest = new String(files.files.get(ReportRules.MANIFEST), UTF_8);
        files.files.put(
                ReportRules.MANIFEST,
                manifest.replace("\"by\":\"carol\"", "\"by\":\"mallory\"").getBytes(UTF_8));

        assertFailed(Sample.check(files.bytes()), "signature", "RPT-SIGNATURE");
    }

    @Test
    void theSignatureIsCheckedWithTheReadersKeyAndNotWithTheOneThatTheReportBrings() throws Exception {
        var other = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var trusted = ReportKey.ofBase64(
                java.util.Base64.getEncoder().encodeToString(other.getPublic().getEncoded()));

        var verdict = ReportCheck.of(Sample.source(sample.bytes()), Optional.of(trusted));

        assertFailed(verdict, "signature", "RPT-SIGNATURE", trusted.id());
        assertFailed(verdict, "key", "RPT-OTHER-KEY");
        assertThat(trusted.isSameAs(Sample.key())).isFalse();
        assertThat(Sample.key().isSameAs(Sample.key())).isTrue();
    }

    @Test
    void aFailureIsFoundBehindAnyNumberOfThingsThatCannotBeChecked() {
        var granted = sample.statement("bob");
        for (int i = 0; i < 150; i++) {
            sample.approvals.add(sample.recorded(
                    "migration.approvals", new SignedApproval(granted, new byte[0], "0123456789abcdef")));
        }
        sample.approvals.add(sample.recorded(
                "migration.approvals",
                new SignedApproval(granted, new byte[0], Sample.key().id())));

        var verdict = sample.check();

        assertFailed(verdict, "approvals", "RPT-APPROVAL-SIGNATURE");
        assertThat(text(verdict)).contains("approvals NOT_CHECKED and more, of 150");
    }

    @Test
    void ofManyFailuresTheFirstAreNamedAndThatThereAreMoreIsAFailureToo() {
        for (int i = 0; i < 150; i++) {
            sample.fact(sample.answer(7 + i, WorkerAnswer.Kind.APPLY_BATCH, 100 + i, Sample.topic("orders")));
        }

        var verdict = sample.check();

        assertFailed(verdict, "writes", "RPT-WRITE", "100");
        assertFailed(verdict, "writes", "RPT-LIMIT", "150 in all");
        assertThat(verdict.lines())
                .filteredOn(line -> line.name().equals("writes"))
                .hasSize(101);
    }

    @Test
    void aManifestThatNamesItselfOrAFileTwiceIsRefused() {
        for (var name : List.of(ReportRules.MANIFEST, ReportRules.SIGNATURE, ReportRules.STATUSES)) {
            var files = new Repacked(sample.bytes());
            var named = files.named(name);

            assertFailed(Sample.check(files.signedAnew(List.of(named))), "manifest", "RPT-CONTENT", name);
        }
        var files = new Repacked(sample.bytes());
        var more = files.signedAnew(
                List.of(new ReportManifest.File("more.json", 1, Digest.ofText("a file that is not there"))));
        assertFailed(Sample.check(more), "files", "RPT-FILE-MISSING", "more.json");
    }

    @Test
    void whatTheEndNeedsAndIsNotThereNeverPasses() {
        assertAbsent(fact -> isAnswer(fact, WorkerAnswer.Kind.APPLY_BATCH, 0), "results", "writes", "APPLY_BATCH 0");
        assertAbsent(fact -> isAnswer(fact, WorkerAnswer.Kind.REVERT_BATCH, 1), "results", "writes", "REVERT_BATCH 1");
        assertAbsent(
                fact -> fact instanceof Fact.Answered(var answer) && answer.kind() != WorkerAnswer.Kind.CLOSE,
                "results",
                "writes",
                "APPLY_BATCH 0");
        assertAbsent(fact -> isAnswer(fact, WorkerAnswer.Kind.CLOSE, -1), "results", "state-after", "CLOSE");
        assertAbsent(Fact.PhaseVerified.class::isInstance, "verdicts", "verdicts", "phase 0");
        assertAbsent(
                fact -> fact instanceof Fact.PhaseVerified good && good.epoch() == 2,
                "verdicts",
                "verdicts",
                "phase 0 after its bake");
        assertAbsent(Fact.SnapshotStored.class::isInstance, "snapshots", "state-before", "the snapshotter");
        assertAbsent(Fact.DryRunAnswered.class::isInstance, "results", "dry-run", "the targets");
    }

    /** The lifecycle refuses it, so that it is there says nothing of what the phase was after its bake. */
    @Test
    void aVerdictBeforeTheEndOfABakeIsNotTheOneAfterIt() {
        var clocks = new Sample();
        verifiedSooner(clocks, ReportRules.CLOCKS.minusSeconds(5));
        assertThat(clocks.check().holds()).as(text(clocks.check())).isTrue();

        verifiedSooner(sample, Sample.BAKE.duration().dividedBy(2));
        assertFailed(sample.check(), "verdicts", "RPT-ABSENT", "phase 0 after its bake");
    }

    private static void verifiedSooner(Sample of, Duration time) {
        of.facts.replaceAll(fact -> fact.said() instanceof Fact.PhaseVerified good && good.epoch() == 2
                ? new Recorded<>(
                        fact.topic(), fact.partition(), fact.offset(), fact.at().minus(time), fact.said())
                : fact);
    }

    @Test
    void aRehearsalIsWhatTheWorkerPublishedOfIt() {
        assertThat(marks(sample.check(), Mark.PASSED))
                .as("nothing was rehearsed")
                .doesNotContain("rehearsed");
        rehearsed("{\"passed\":true}", "{\"passed\":true}");
        assertThat(marks(sample.check(), Mark.PASSED)).contains("rehearsed");

        var other = new ReportCheckTest();
        other.rehearsed("{\"passed\":true}", "{\"passed\":false}");
        assertNotHeld(other.sample.check());
    }

    @Test
    void aRehearsalThatTheChecklistCountsAndThatIsNotThereNeverPasses() {
        var line =
                Value.object("name", Value.of("rehearsed"), "mark", Value.of("PASSED"), "evidence", Value.of("3 of 3"));
        replaceStatus(4, "checklist", Value.array(List.of(line)));

        assertFailed(sample.check(), "rehearsed", "RPT-ABSENT", "the rehearsal");
    }

    @Test
    void whatWasWrittenWithoutTheRehearsalThatThePlanAsksForNeverPasses() {
        sample = new Sample(List.of(), List.of("risky-is-rehearsed"));
        assertFailed(sample.check(), "rehearsed", "RPT-ABSENT", "the rehearsal");

        rehearsed("{\"passed\":true}", "{\"passed\":true}");
        assertThat(marks(sample.check(), Mark.PASSED)).contains("rehearsed");
    }

    @Test
    void aRehearsalThatBeganWithAnotherSnapshotDoesNotCount() {
        sample = new Sample(List.of(), List.of("risky-is-rehearsed"));
        rehearsed("{\"passed\":true}", "{\"passed\":true}", Digest.ofText("another"));

        assertFailed(sample.check(), "rehearsed", "RPT-ABSENT", "the rehearsal");
    }

    @Test
    void whatCameOfARehearsalIsFoundWhenItIsAlteredTakenOutOrAdded() {
        rehearsed("{\"passed\":true}", "{\"passed\":true}");
        var name = ReportRules.REHEARSAL + "rehearsal-1.json";

        var altered = new Repacked(sample.bytes());
        altered.files.put(name, "{\"passed\":false}".getBytes(UTF_8));
        assertFailed(Sample.check(altered.signedAnew()), "rehearsed", "RPT-REHEARSAL", name);

        var without = new Repacked(sample.bytes());
        without.files.remove(name);
        assertThat(Sample.check(without.signedAnew()).holds()).isFalse();

        var more = new Repacked(sample.bytes());
        more.files.put(ReportRules.REHEARSAL + "rehearsal-2.json", "{}".getBytes(UTF_8));
        assertFailed(Sample.check(more.signedAnew()), "rehearsed", "RPT-REHEARSAL", "rehearsal-2");
    }

    private void rehearsed(String published, String stored) {
        var snapshot = sample.facts.stream()
                .flatMap(fact ->
                        fact.said() instanceof Fact.SnapshotStored said ? Stream.of(said.digest()) : Stream.empty())
                .findFirst()
                .orElseThrow();
        rehearsed(published, stored, snapshot);
    }

    private void rehearsed(String published, String stored, Digest snapshot) {
        var uri = "c/m-1/rehearsal-1.json";
        sample.put(uri, stored.getBytes(UTF_8));
        var digest = Digest.of(published.getBytes(UTF_8));
        var report = new RehearsalReport(2, 2, 0, List.of(), Optional.empty(), uri, Optional.of(digest));
        sample.fact(new Fact.RehearsalAnswered(
                Sample.ID, 1, sample.statuses.getLast().said().planDigest().orElseThrow(), snapshot, report));
    }

    /** Other bytes are named as missing by whoever makes the report, so the check has nothing to stand on. */
    private static void assertNotHeld(ReportVerdict verdict) {
        assertThat(marks(verdict, Mark.PASSED)).doesNotContain("rehearsed");
    }

    private static boolean isAnswer(Fact fact, WorkerAnswer.Kind kind, int batch) {
        return fact instanceof Fact.Answered(var answer) && answer.kind() == kind && answer.batch() == batch;
    }

    /** Taken out it is a failure; said to be missing it is not checked, and nothing passes. */
    private static void assertAbsent(
            java.util.function.Predicate<Fact> which, String what, String check, String thing) {
        var without = new Sample();
        without.facts.removeIf(fact -> which.test(fact.said()));
        assertFailed(without.check(), check, "RPT-ABSENT", thing);

        without.missing.add(new Missing(what, Problem.of("RPT-RETENTION", "the topic may not keep it any more")));
        assertNotChecked(without.check(), check);
    }

    private static void assertNotChecked(ReportVerdict verdict, String check) {
        assertThat(verdict.holds()).as(text(verdict)).isTrue();
        assertThat(marks(verdict, Mark.NOT_CHECKED)).contains(check);
        assertThat(marks(verdict, Mark.PASSED)).doesNotContain(check);
    }

    @Test
    void aSuccessNeedsEveryBatchEveryVerdictTheSnapshotAndThePlan() {
        replaceStatus(4, "state", Value.of(MigrationState.SUCCEEDED.name()));
        assertFailed(sample.check(), "verdicts", "RPT-ABSENT", "phase 1");

        var evidence = "{}".getBytes(UTF_8);
        var name = "c/m-1/evidence-1-1-" + Digest.of(evidence).brief() + ".json";
        sample.fact(new Fact.PhaseVerified(Sample.ID, 1, 1, sample.put(name, evidence)));
        var whole = sample.check();
        assertThat(whole.holds()).as(text(whole)).isTrue();
        assertThat(marks(whole, Mark.PASSED)).contains("writes", "verdicts", "state-before");

        sample.facts.removeIf(fact -> isAnswer(fact.said(), WorkerAnswer.Kind.APPLY_BATCH, 1));
        assertFailed(sample.check(), "writes", "RPT-ABSENT", "APPLY_BATCH 1");

        replaceStatus(4, "snapshotUri", Value.NULL);
        assertFailed(sample.check(), "state-before", "RPT-ABSENT", "the snapshot");

        replaceStatus(4, "beforeHash", Value.NULL);
        assertFailed(sample.check(), "state-before", "RPT-ABSENT", "the state hash before");

        replaceStatus(4, "planDigest", Value.NULL);
        assertFailed(sample.check(), "plan", "RPT-ABSENT", "the plan");
    }

    @Test
    void aRollbackThatTheVerifierCommandedNeedsItsCommand() {
        sample.facts.removeIf(fact -> fact.said() instanceof Fact.RollbackCommanded);
        replaceStatus(
                4,
                "problems",
                Value.array(List.of(
                        StatusJson.problem(Problem.of("VRF-ROLLBACK", "verification commanded the rollback")))));

        assertFailed(sample.check(), "verdicts", "RPT-ABSENT", "to roll back");
    }

    @Test
    void aBatchThatTheStatusesCountAsAppliedNeedsItsAnswers() {
        replaceStatus(2, "batchesDone", Value.of(2));
        sample.facts.removeIf(fact -> isAnswer(fact.said(), WorkerAnswer.Kind.APPLY_BATCH, 1)
                || isAnswer(fact.said(), WorkerAnswer.Kind.REVERT_BATCH, 1));

        assertFailed(sample.check(), "writes", "RPT-ABSENT", "REVERT_BATCH 1");
    }

    @Test
    void aPlanWithoutOperationsIsNoneThatCanBeRolledBack() {
        var files = new Repacked(sample.bytes());
        var empty = new Plan(
                "production",
                sample.plan.bundleDigest(),
                sample.plan.policyDigest(),
                sample.plan.beforeHash(),
                List.of(),
                List.of(),
                List.of());
        files.files.put(ReportRules.PLAN, PlanCodec.bytes(empty));

        assertFailed(Sample.check(files.signedAnew()), "writes", "RPT-ABSENT", "a batch of the plan");
    }

    @Test
    void whatEndsWithoutWritingNeedsNothing() {
        sample.statuses.removeLast();
        sample.statuses.removeLast();
        sample.statuses.removeLast();
        sample.facts.clear();
        sample.statuses.add(sample.recorded(
                "migration.status",
                StatusJson.fromValue(with(
                        sample.statuses.getFirst().said(),
                        Map.of("sequence", Value.of(3), "state", Value.of("NO_CHANGES"), "ended", Value.of(true))))));
        sample.approvals.clear();

        var verdict = sample.check();

        assertThat(verdict.holds()).as(text(verdict)).isTrue();
        assertThat(text(verdict)).contains("writes PASSED nothing was written", "verdicts PASSED none was given");
    }

    @Test
    void whatTheTargetsAreSaidToHaveSaidIsWhatTheWorkerPublished() {
        var files = new Repacked(sample.bytes());
        var name = files.files.keySet().stream()
                .filter(file -> file.startsWith(ReportRules.DRY_RUN))
                .findFirst()
                .orElseThrow();
        files.files.put(name, "{}".getBytes(UTF_8));
        assertFailed(Sample.check(files.signedAnew()), "dry-run", "RPT-DRY-RUN", name);
        files.files.remove(name);
        assertFailed(Sample.check(files.signedAnew()), "dry-run", "RPT-FILE-MISSING", name);

        files.files.put("dry-run/more.json", "{}".getBytes(UTF_8));
        assertFailed(Sample.check(files.signedAnew()), "dry-run", "RPT-DRY-RUN", "dry-run/more.json");

        sample.objects.keySet().removeIf(key -> key.contains("dry-run"));
        assertNotChecked(sample.check(), "dry-run");
    }

    @Test
    void aTextThatIsNotMadeOfTheOtherFilesDoesNotPass() {
        for (var name : List.of(ReportRules.TIMELINE, ReportRules.PLAN_TEXT)) {
            var files = new Repacked(sample.bytes());
            files.files.put(name, "all went well".getBytes(UTF_8));

            var verdict = Sample.check(files.signedAnew());

            assertNotChecked(verdict, "texts");
            assertThat(text(verdict)).contains("texts NOT_CHECKED " + name);
            files.files.remove(name);
            assertFailed(Sample.check(files.signedAnew()), "texts", "RPT-FILE-MISSING", name);
        }
    }

    @Test
    void timesPastTheEndOfTimeAreJudgedAsOthers() {
        for (var time : List.of("-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z")) {
            var files = new Repacked(new Sample().bytes());
            for (var name : List.of(ReportRules.STATUSES, ReportRules.APPROVALS, ReportRules.FACTS)) {
                var lines = new String(files.files.get(name), UTF_8)
                        .replaceAll("\"at\":\"[^\"]*\"", "\"at\":\"" + time + "\"")
                        .replaceAll("\"updatedAt\":\"[^\"]*\"", "\"updatedAt\":\"" + time + "\"");
                files.files.put(name, lines.getBytes(UTF_8));
            }

            var verdict = Sample.check(files.signedAnew());
            assertThat(marks(verdict, Mark.NOT_CHECKED)).contains("texts");
            // all of it at once, so nothing after a bake
            assertFailed(verdict, "verdicts", "RPT-ABSENT", "phase 0 after its bake");
        }
    }

    @Test
    void whatThePlanAsksForIsAskedWhateverTheChecklistSays() {
        var needs = new Sample(List.of(new ApprovalNeed(2, "", "two people")));
        for (int i = 0; i < needs.statuses.size(); i++) {
            needs.statuses.set(
                    i,
                    needs.recorded(
                            "migration.status",
                            StatusJson.fromValue(
                                    with(needs.statuses.get(i).said(), Map.of("checklist", Value.array(List.of()))))));
        }
        assertFailed(needs.check(), "approvals", "RPT-APPROVAL-MISSING", "2 people");

        needs.approvals.add(needs.recorded("migration.approvals", Sample.signed(needs.statement("carol"))));
        assertThat(needs.check().holds()).isTrue();
    }

    @Test
    void aDecisionThatIsYoungerThanTheLastStatusIsNotCheckedWhileItIsUnderWay() {
        var granted = sample.statement("bob");
        var newer = Sample.signed(new ApprovalStatement(
                "production", granted.migration(), Digest.ofText("newer"), "bob", true, "", List.of()));
        sample.statuses.subList(2, 5).clear();
        replaceStatus(1, "checklist", Value.array(List.of()));
        approvedBy(newer);

        var verdict = sample.check();
        assertThat(verdict.holds()).as(text(verdict)).isTrue();
        assertThat(text(verdict)).contains("approvals NOT_CHECKED whether plan", "younger than the last status");

        sample.approvals.clear();
        sample.approvals.add(new Recorded<>("migration.approvals", 0, 0, Sample.START.minusSeconds(90), newer));
        assertFailed(sample.check(), "approvals", "RPT-APPROVAL-PLAN");
    }

    @Test
    void aSnapshotOfAnEarlierFormatWhoseChunksAreNamedAsMissingIsNotChecked() {
        var uri = sample.statuses.getLast().said().snapshotUri().orElseThrow();
        var early = new String(sample.objects.get(uri), UTF_8)
                .replace("\"format\":2", "\"format\":1")
                .getBytes(UTF_8);
        sample.objects.put(uri, early);
        sample.facts.replaceAll(fact -> fact.said() instanceof Fact.SnapshotStored stored
                ? new Recorded<>(
                        fact.topic(),
                        fact.partition(),
                        fact.offset(),
                        fact.at(),
                        new Fact.SnapshotStored(
                                stored.id(),
                                stored.revision(),
                                stored.planDigest(),
                                stored.uri(),
                                Digest.of(early),
                                stored.stateHash(),
                                stored.entries()))
                : fact);

        assertNotChecked(sample.check(), "state-before");
    }

    @Test
    void aStatusThatIsMissingOrMovedOrOfAnotherMigrationIsFound() {
        var all = List.copyOf(sample.statuses);
        sample.statuses.remove(2);
        assertFailed(sample.check(), "statuses", "RPT-STATUS-GAP", "number 3", "number 4");

        sample.missing.add(new Missing("statuses", Problem.of("RPT-COMPACTED", "the topic is compacted")));
        var admitted = sample.check();
        assertThat(admitted.holds()).isTrue();
        assertThat(text(admitted)).contains("statuses NOT_CHECKED numbers 3 to 3");

        sample.missing.clear();
        sample.statuses.clear();
        sample.statuses.addAll(List.of(all.get(0), all.get(2), all.get(1), all.get(3), all.get(4)));
        assertFailed(sample.check(), "statuses", "RPT-STATUS-GAP");

        sample.statuses.clear();
        all.forEach(status -> sample.statuses.add(status));
        replaceStatus(1, "environment", Value.of("test"));
        assertFailed(sample.check(), "statuses", "RPT-STATUS-OTHER");

        replaceStatus(1, "environment", Value.of("production"));
        replaceStatus(3, "updatedAt", Value.of("2025-01-01T00:00:00Z"));
        assertFailed(sample.check(), "statuses", "RPT-STATUS-TIME");
    }

    @Test
    void aManifestThatSaysOtherThanTheLastStatusIsFound() {
        var files = new Repacked(sample.bytes());
        var statuses = new String(files.files.get(ReportRules.STATUSES), UTF_8);
        files.files.put(
                ReportRules.STATUSES,
                statuses.replace("\"ROLLED_BACK\"", "\"SUCCEEDED\"").getBytes(UTF_8));

        assertFailed(Sample.check(files.signedAnew()), "statuses", "RPT-STATED");
    }

    @Test
    void anotherPlanIsFoundAndOneThatIsGoneIsSaidToBe() {
        sample.objects.put("c/m-1/plan.json", "{}".getBytes(UTF_8));
        var admitted = sample.check();
        assertThat(admitted.holds()).as(text(admitted)).isTrue();
        assertThat(text(admitted)).contains("plan NOT_CHECKED", "RPT-OTHER-OBJECT");

        var files = new Repacked(new Sample().bytes());
        var plan = new String(files.files.get(ReportRules.PLAN), UTF_8);
        files.files.put(
                ReportRules.PLAN,
                plan.replace("\"risk\":\"MUTATING\"", "\"risk\":\"ADDITIVE\"").getBytes(UTF_8));
        assertFailed(Sample.check(files.signedAnew()), "plan", "RPT-PLAN");

        var without = new Repacked(new Sample().bytes());
        without.files.remove(ReportRules.PLAN);
        assertFailed(Sample.check(without.signedAnew()), "plan", "RPT-FILE-MISSING");
    }

    @Test
    void anApprovalOfSomethingElseOrByNobodyIsFound() {
        var granted = sample.statement("bob");
        approvedBy(Sample.signed(
                new ApprovalStatement("test", granted.migration(), granted.planDigest(), "bob", true, "", List.of())));
        assertFailed(sample.check(), "approvals", "RPT-APPROVAL-OTHER");

        approvedBy(Sample.signed(new ApprovalStatement(
                "production", new MigrationId("m-2"), granted.planDigest(), "bob", true, "", List.of())));
        assertFailed(sample.check(), "approvals", "RPT-APPROVAL-OTHER");

        approvedBy(Sample.signed(new ApprovalStatement(
                "production", granted.migration(), Digest.ofText("other"), "bob", true, "", List.of())));
        assertFailed(sample.check(), "approvals", "RPT-APPROVAL-PLAN");

        approvedBy(new SignedApproval(
                sample.statement("mallory"),
                Sample.sign(granted.bytes()),
                Sample.key().id()));
        assertFailed(sample.check(), "approvals", "RPT-APPROVAL-SIGNATURE");

        approvedBy(new SignedApproval(granted, Sample.sign(granted.bytes()), "0123456789abcdef"));
        assertThat(text(sample.check())).contains("approvals NOT_CHECKED the signature of bob: it is by key 0123");
    }

    @Test
    void approvalsThatWereTakenAwayAreFoundUnlessThatIsSaid() {
        sample.approvals.clear();
        assertFailed(sample.check(), "approvals", "RPT-APPROVAL-MISSING");

        approvedBy(Sample.signed(sample.statement("Alice ")));
        assertFailed(sample.check(), "approvals", "RPT-APPROVAL-MISSING");

        sample.approvals.clear();
        sample.missing.add(new Missing("approvals", Problem.of("RPT-TOPIC", "the topic was not read to its end")));
        assertThat(sample.check().holds()).isTrue();
    }

    @Test
    void aStateBeforeThatTheSnapshotDoesNotHoldIsFound() {
        replaceStatus(4, "beforeHash", Value.of(Digest.ofText("another").toString()));
        replaceStatus(4, "endHash", Value.of(Digest.ofText("another").toString()));
        sample.facts.removeIf(
                fact -> fact.said() instanceof Fact.Answered(var answer) && answer.kind() == WorkerAnswer.Kind.CLOSE);

        assertFailed(sample.check(), "state-before", "RPT-STATE-BEFORE");
    }

    @Test
    void aSnapshotOfSomethingElseOrWithABrokenChunkIsFound() {
        var files = new Repacked(sample.bytes());
        var manifest = new String(files.files.get(ReportRules.SNAPSHOT), UTF_8);
        files.files.put(
                ReportRules.SNAPSHOT,
                manifest.replace("\"migration\":\"m-1\"", "\"migration\":\"m-2\"")
                        .getBytes(UTF_8));
        assertFailed(Sample.check(files.signedAnew()), "state-before", "RPT-SNAPSHOT");

        var broken = new Repacked(sample.bytes());
        var chunk = broken.files.keySet().stream()
                .filter(name -> name.startsWith(ReportRules.CHUNKS))
                .findFirst()
                .orElseThrow();
        broken.files.put(chunk, new byte[] {1, 2, 3});
        assertFailed(Sample.check(broken.signedAnew()), "state-before", "SNP-CHUNK-ALTERED");
        broken.files.remove(chunk);
        assertFailed(Sample.check(broken.signedAnew()), "state-before", "SNP-CHUNK-MISSING");
    }

    @Test
    void aSnapshotThatIsNotTheOneThatWasStoredIsFound() {
        var files = new Repacked(sample.bytes());
        var manifest = new String(files.files.get(ReportRules.SNAPSHOT), UTF_8);
        files.files.put(
                ReportRules.SNAPSHOT,
                manifest.replace("2026-01-02", "2026-01-03").getBytes(UTF_8));

        assertFailed(Sample.check(files.signedAnew()), "state-before", "RPT-SNAPSHOT", "stored");
    }

    @Test
    void aRollbackThatIsNotToTheStateBeforeIsFound() {
        replaceStatus(4, "endHash", Value.of(Digest.ofText("another").toString()));
        assertFailed(sample.check(), "state-after", "RPT-STATE-AFTER");

        replaceStatus(4, "endHash", Value.of(sample.plan.beforeHash().toString()));
        replaceStatus(4, "differences", Value.array(List.of(Value.of("kafka/topic/orders: other"))));
        assertFailed(sample.check(), "state-after", "RPT-STATE-AFTER");
    }

    @Test
    void anEndThatTheExecutorMeasuredOtherwiseIsFound() {
        sample.facts.removeIf(
                fact -> fact.said() instanceof Fact.Answered(var answer) && answer.kind() == WorkerAnswer.Kind.CLOSE);
        sample.fact(sample.closed(Digest.ofText("another")));

        assertFailed(sample.check(), "state-after", "RPT-STATE-AFTER");
    }

    @Test
    void anIncompleteRollbackListsWhatDiffersAndHasToDiffer() {
        replaceStatus(4, "state", Value.of(MigrationState.ROLLBACK_INCOMPLETE.name()));
        assertFailed(sample.check(), "state-after", "RPT-STATE-AFTER");

        replaceStatus(4, "differences", Value.array(List.of(Value.of("kafka/topic/orders: found 3"))));
        var verdict = sample.check();
        assertThat(verdict.holds()).as(text(verdict)).isTrue();
        assertThat(text(verdict)).contains("state-after PASSED not as before: kafka/topic/orders: found 3");

        var another = Digest.ofText("another");
        replaceStatus(4, "differences", Value.array(List.of()));
        replaceStatus(4, "endHash", Value.of(another.toString()));
        sample.fact(sample.closed(another));
        assertNotChecked(sample.check(), "state-after");

        replaceStatus(4, "endHash", Value.NULL);
        assertNotChecked(sample.check(), "state-after");
    }

    @Test
    void aWriteThatNoOperationAsksForIsFound() {
        sample.fact(sample.answer(7, WorkerAnswer.Kind.APPLY_BATCH, 9, Sample.topic("orders")));
        assertFailed(sample.check(), "writes", "RPT-WRITE", "0 to 1", "9");

        sample.facts.removeLast();
        sample.fact(sample.answer(7, WorkerAnswer.Kind.APPLY_BATCH, 1, Sample.topic("mallory")));
        assertFailed(sample.check(), "writes", "RPT-WRITE", "an operation of batch 1", "topic mallory (kafka)");
    }

    @Test
    void outcomesThatAreNotThoseOfTheirAnswerAreFound() {
        var files = new Repacked(sample.bytes());
        var names = files.files.keySet().stream()
                .filter(name -> name.startsWith(ReportRules.OUTCOMES))
                .toList();
        var first = files.files.get(names.get(0));
        files.files.put(names.get(0), files.files.get(names.get(1)));
        files.files.put(names.get(1), first);
        assertFailed(Sample.check(files.signedAnew()), "writes", "RPT-WRITE");

        sample.objects.remove("c/m-1/" + names.get(0).substring(ReportRules.OUTCOMES.length()));
        var admitted = sample.check();
        assertThat(admitted.holds()).isTrue();
        assertThat(text(admitted)).contains("writes NOT_CHECKED " + names.get(0));
    }

    @Test
    void aVerdictAboutAPhaseThatThePlanDoesNotHaveOrWithOtherEvidenceIsFound() {
        sample.fact(new Fact.AnomalyDetected(Sample.ID, 1, 7, List.of()));
        assertFailed(sample.check(), "verdicts", "RPT-VERDICT");

        var files = new Repacked(new Sample().bytes());
        var evidence = files.files.keySet().stream()
                .filter(name -> name.startsWith(ReportRules.EVIDENCE))
                .findFirst()
                .orElseThrow();
        files.files.put(evidence, "{}".getBytes(UTF_8));
        assertFailed(Sample.check(files.signedAnew()), "verdicts", "RPT-VERDICT");
    }

    @Test
    void anAuditEntryThatIsTakenOutChangedMovedOrCutOffIsNamed() {
        assertAudit(lines -> lines.remove(1), "RPT-AUDIT-CHAIN", "entry 3, rollback-decided");
        assertAudit(lines -> lines.removeLast(), "RPT-AUDIT-CHAIN", "entry 3, rollback-decided");
        assertAudit(
                lines -> lines.set(1, lines.get(1).replace("approval-granted", "approval-refused")),
                "RPT-AUDIT-CHAIN",
                "entry 2, approval-refused");
        assertAudit(
                lines -> lines.set(1, lines.get(1).replace("\"actor\":\"bob\"", "\"actor\":\"eve\"")),
                "RPT-AUDIT-ENTRY",
                "entry 2, approval-granted");
        assertAudit(lines -> lines.addFirst(lines.remove(2)), "RPT-AUDIT-CHAIN", "entry 3, rollback-decided");
        assertAudit(lines -> lines.clear(), "RPT-AUDIT-CHAIN", "no entry");
    }

    @Test
    void anEntryWhoseChainWasMadeAnewIsStillNotTheOneThatItsIdWasMadeOf() {
        var entry = sample.audit.get(1).said();
        sample.audit.set(
                1,
                sample.recorded(
                        "migration.audit",
                        new AuditRecord(
                                entry.id(),
                                entry.at(),
                                entry.service(),
                                entry.environment(),
                                entry.migration(),
                                entry.decision(),
                                "eve",
                                entry.plan(),
                                entry.problem(),
                                entry.details())));

        assertFailed(sample.check(), "audit", "RPT-AUDIT-ENTRY");
    }

    private void assertAudit(java.util.function.Consumer<List<String>> change, String code, String thing) {
        var files = new Repacked(new Sample().bytes());
        var lines = new ArrayList<>(
                new String(files.files.get(ReportRules.AUDIT), UTF_8).lines().toList());
        change.accept(lines);
        files.files.put(
                ReportRules.AUDIT,
                lines.stream()
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())
                        .getBytes(UTF_8));

        var verdict = Sample.check(files.signedAnew());

        assertThat(ReportPropertyTest.failures(verdict)).as(text(verdict)).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.thing()).contains(thing);
        });
    }

    private void approvedBy(SignedApproval approval) {
        sample.approvals.clear();
        sample.approvals.add(sample.recorded("migration.approvals", approval));
    }

    private void replaceStatus(int index, String name, Value value) {
        var changed = StatusJson.fromValue(with(sample.statuses.get(index).said(), Map.of(name, value)));
        sample.statuses.set(index, sample.recorded("migration.status", changed));
    }

    private static Value with(MigrationStatus status, Map<String, Value> members) {
        var fields = new TreeMap<>(StatusJson.toValue(status).fields());
        fields.putAll(members);
        return Value.object(fields);
    }

    private static void assertFailed(ReportVerdict verdict, String check, String code, String... words) {
        assertThat(verdict.holds()).isFalse();
        assertThat(verdict.lines()).as(text(verdict)).anySatisfy(line -> {
            assertThat(line.name()).isEqualTo(check);
            assertThat(line.problem().map(Problem::code)).contains(code);
            assertThat(line.problem().map(Problem::toString).orElse(""))
                    .contains(Stream.concat(Stream.of(code), Stream.of(words)).toList());
        });
    }

    private static List<String> marks(ReportVerdict verdict, Mark mark) {
        return verdict.lines().stream()
                .filter(line -> line.mark() == mark)
                .map(CheckLine::name)
                .toList();
    }

    private static String text(ReportVerdict verdict) {
        return Stream.concat(
                        verdict.lines().stream()
                                .map(line -> line.name() + " " + line.mark() + " " + line.text()
                                        + line.problem()
                                                .map(problem -> "\n" + problem)
                                                .orElse("")),
                        Stream.of(""))
                .collect(Collectors.joining("\n"));
    }
}
