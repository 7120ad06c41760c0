package dev.migrator.demo;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.demo.Screen.Tone;
import dev.migrator.demo.outside.Outside;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The two runs, and what is looked at after each. */
final class Scenes {
    private static final String FAILING_CHECK = "payments-take-records";

    private final Screen screen;
    private final Claims claims;
    private final Migrations migrations;
    private final Outside test;
    private final Outside production;
    private final String stamp = DateTimeFormatter.ofPattern("HHmmss").format(ZonedDateTime.now(ZoneOffset.UTC));
    private Dump testAfter;
    private Dump beforeTwo;
    private Dump afterTwo;
    private MigrationStatus undone;

    Scenes(Screen screen, Claims claims, Migrations migrations, Outside test, Outside production) {
        this.screen = screen;
        this.claims = claims;
        this.migrations = migrations;
        this.test = test;
        this.production = production;
    }

    void runOne(Manifested meta, Stopwatch watch) {
        var wanted = meta.wanted();
        int resources = meta.bundle().resources().size();
        screen.chapter("Run one, to test: examples/shop/meta, " + resources + " resources");
        var testBefore = test.read();
        var inTest = apply("shop-test-" + stamp, "test", meta);
        claims.ended(inTest, MigrationState.SUCCEEDED);
        testAfter = Claims.readSettled(test);
        claims.wantedIsThere("test", wanted, testAfter);
        claims.restIsUntouched("test", testBefore, testAfter, wanted);

        screen.chapter("Run one, to production: the same bundle");
        var before = production.read();
        var inProduction = apply("shop-production-" + stamp, "production", meta);
        checklist(inProduction);
        claims.ended(inProduction, MigrationState.SUCCEEDED);
        beforeTwo = Claims.readSettled(production);
        claims.wantedIsThere("production", wanted, beforeTwo);
        claims.restIsUntouched("production", before, beforeTwo, wanted);
        watch.lap("run one");
    }

    void runTwo(Manifested change, Stopwatch watch) {
        screen.chapter("Run two, to production: examples/shop/change-refunds, in a hurry and without a run in test");
        var id = "refunds-production-" + stamp;
        undone = apply(id, "production", change);
        verdict(undone);
        claims.ended(undone, MigrationState.ROLLED_BACK);
        stateHashes(undone);
        afterTwo = Claims.readSettled(production);
        claims.asBefore(beforeTwo, afterTwo, undone.retained());
        heldNow(id, change);
        watch.lap("run two");
    }

    /** Shows plan, approval where one is needed, and progress. */
    private MigrationStatus apply(String id, String environment, Manifested manifested) {
        migrations.submit(id, environment, manifested);
        screen.line("migration " + id + ", asked for by developer");
        var progress = new Progress(screen);
        var status = migrations.follow(id, s -> s.state() == MigrationState.AWAITING_APPROVAL, progress);
        if (status.ended()) {
            return status;
        }
        screen.raw(migrations.planText(id));
        migrations.approve(id, status, "read the plan");
        var end = migrations.follow(id, MigrationStatus::ended, progress);
        return end;
    }

    private void checklist(MigrationStatus status) {
        screen.line("checklist");
        for (var line : status.checklist()) {
            var text = "%-18s %s".formatted(line.name(), Evidence.brief(line.evidence()));
            switch (line.mark()) {
                case PASSED -> screen.marked(Tone.GOOD, "✔", text);
                case NOT_REQUIRED -> screen.marked(Tone.QUIET, "-", text);
                case MISSING -> screen.marked(Tone.BAD, "…", text);
            }
        }
        ClaimFailed.unless(
                status.checklist().stream().noneMatch(line -> line.mark() == ChecklistLine.Mark.MISSING),
                "nothing on the checklist is missing",
                "migration " + status.id(),
                "PASSED or NOT_REQUIRED",
                "MISSING");
    }

    private void verdict(MigrationStatus status) {
        var problem = status.problems().stream().findFirst();
        problem.ifPresent(screen::problem);
    }

    private void stateHashes(MigrationStatus status) {
        var before = status.beforeHash().map(Object::toString).orElse("none");
        var after = status.endHash().map(Object::toString).orElse("none");
        screen.pair("before", 8, before);
        screen.pair("after", 8, after);
        ClaimFailed.unless(
                before.equals(after) && status.beforeHash().isPresent(),
                "the state hash after the rollback equals the one before",
                "migration " + status.id(),
                before,
                after);
        screen.checked("both state hashes are the same");
    }

    private void heldNow(String undoneId, Manifested change) {
        var id = "refunds-again-" + stamp;
        migrations.submit(id, "production", change);
        var status = migrations.follow(id, s -> s.state() == MigrationState.AWAITING_APPROVAL, _ -> {});
        claims.ended(status, MigrationState.REJECTED);
        Optional<Problem> held = status.problems().stream()
                .filter(problem -> problem.code().equals("CHG-HELD"))
                .findFirst();
        ClaimFailed.unless(
                held.isPresent(),
                "the same change is held",
                "migration " + id,
                "REJECTED with CHG-HELD",
                status.problems().toString());
        screen.checked(
                "submitted again, the same change is REJECTED: it is held since " + undoneId + " was rolled back");
    }

    void finalChecks(Dump seeded, Dump unmanaged) {
        screen.chapter("What an independent client finds in production at the end");
        var end = Claims.readSettled(production);
        claims.asBefore(beforeTwo, end, undone.retained());
        claims.unmanagedIsAsSeeded(seeded, end, unmanaged);
        claims.noMarkersLeft(testAfter, end);
    }
}
