package dev.migrator.demo;

import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.demo.Screen.Tone;
import dev.migrator.demo.outside.Outside;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

/** The two runs, and what is looked at after each. */
final class Scenes {
    private static final int NAME = 20;

    private final Screen screen;
    private final Claims claims;
    private final Migrations migrations;
    private final Outside test;
    private final Outside production;
    private final String stamp = DateTimeFormatter.ofPattern("HHmmss").format(ZonedDateTime.now(ZoneOffset.UTC));
    private Dump testAfter;
    private Dump beforeTwo;
    private MigrationStatus undone;

    Scenes(Screen screen, Claims claims, Migrations migrations, Outside test, Outside production) {
        this.screen = screen;
        this.claims = claims;
        this.migrations = migrations;
        this.test = test;
        this.production = production;
    }

    void runOne(Manifested meta) {
        var wanted = meta.wanted();
        int resources = meta.bundle().resources().size();
        screen.chapter("Run one, test: " + resources + " resources from examples/shop/meta");
        screen.line("test is open: whoever asks need not be approved");
        var testBefore = test.read();
        var inTest = apply("shop-test-" + stamp, "test", meta);
        claims.ended(inTest, MigrationState.SUCCEEDED);
        testAfter = Claims.readSettled(test);
        claims.wantedIsThere("test", wanted, testAfter);
        claims.restIsUntouched("test", testBefore, testAfter, wanted);

        screen.chapter("Run one, production: the same bundle");
        screen.line("production is protected: somebody else has to approve the plan. It shortens how long");
        screen.line("shop.clickstream keeps records, and may lose some: so it is done and undone on other servers");
        screen.line("first, and two people approve it");
        var before = production.read();
        var inProduction = apply("shop-production-" + stamp, "production", meta);
        claims.ended(inProduction, MigrationState.SUCCEEDED);
        checklist(inProduction);
        claims.rehearsed(inProduction);
        beforeTwo = Claims.readSettled(production);
        claims.wantedIsThere("production", wanted, beforeTwo);
        claims.restIsUntouched("production", before, beforeTwo, wanted);
    }

    void runTwo(Manifested change) {
        screen.chapter("Run two, production: examples/shop/change-refunds, in a hurry and never tried in test");
        screen.line("it lowers max.message.bytes of shop.payments below what a payment takes, among other things;");
        screen.line("none of it can lose data, so no rehearsal is asked for, which would have found it");
        undone = apply("refunds-production-" + stamp, "production", change);
        screen.gap();
        screen.line("the verdict that commanded the rollback");
        claims.brokerRefused(undone, "shop.payments");
        claims.ended(undone, MigrationState.ROLLED_BACK);
        screen.gap();
        screen.line("state hash of all that the plan writes");
        claims.stateHashesAreEqual(undone);

        screen.gap();
        screen.line("and the same change once more");
        var again = "refunds-again-" + stamp;
        migrations.submit(again, "production", change);
        var status = migrations.follow(again, s -> s.state() == MigrationState.AWAITING_APPROVAL, _ -> {});
        claims.held(status, undone.id().value());
    }

    /** Shows plan, approval where one is needed, and progress. */
    private MigrationStatus apply(String id, String environment, Manifested manifested) {
        screen.line(Tone.QUIET, "developer submits it as " + id);
        migrations.submit(id, environment, manifested);
        var progress = new Progress(screen);
        var waiting = migrations.follow(id, s -> s.state() == MigrationState.AWAITING_APPROVAL, progress);
        if (waiting.ended()) {
            return waiting;
        }
        screen.gap();
        screen.raw(migrations
                .planText(id)
                .lines()
                .filter(line -> !line.startsWith("Next: ")) // is for those who only asked for the plan
                .collect(Collectors.joining("\n")));
        screen.gap();
        var plan = waiting.planDigest().orElseThrow();
        migrations.approve(id, plan, Migrations.APPROVER);
        screen.line(Tone.QUIET, "approver approves plan " + plan.brief());
        var approved = migrations.follow(id, Scenes::isApprovedOnce, _ -> {});
        if (approved.state() == MigrationState.AWAITING_APPROVAL) {
            migrations.approve(id, plan, Migrations.OWNER);
            screen.line(Tone.QUIET, "owner approves it as well");
        }
        return migrations.follow(id, MigrationStatus::ended, progress);
    }

    /** It may need another one. */
    private static boolean isApprovedOnce(MigrationStatus status) {
        return status.state() != MigrationState.AWAITING_APPROVAL
                || status.checklist().stream()
                        .anyMatch(line -> line.name().equals("approved")
                                && line.evidence().contains("by " + Migrations.APPROVER));
    }

    private void checklist(MigrationStatus status) {
        screen.gap();
        screen.line("checklist of the migration, each tick with its evidence");
        for (var line : status.checklist()) {
            var evidence = Evidence.brief(line.evidence());
            switch (line.mark()) {
                case PASSED -> screen.marked(Tone.GOOD, "✔", line.name(), NAME, evidence);
                case NOT_REQUIRED -> screen.marked(Tone.QUIET, "-", line.name(), NAME, evidence);
                case MISSING -> screen.marked(Tone.BAD, "…", line.name(), NAME, evidence);
            }
        }
        claims.nothingIsMissing(status);
        screen.gap();
    }

    void atTheEnd(Dump seeded, Dump unmanaged) {
        screen.chapter("What ordinary clients of Kafka and the registry find in production now");
        var end = Claims.readSettled(production);
        claims.asBefore(beforeTwo, end, undone.retained());
        claims.unmanagedIsAsSeeded(seeded, end, unmanaged);
        claims.noMarkersLeft(testAfter, end);
    }
}
