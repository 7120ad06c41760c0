package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import dev.migrator.core.present.ChecklistHtml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is ticked can be opened. */
class ChecklistLinksTest {
    private static final LifecycleRules DRILLED =
            Shell.RULES.in("production", rules -> rules.drilledEvery(Duration.ofDays(7)));

    private static Driver all() {
        var migration = new Driver(new Shell(DRILLED), "m-1", "production").rehearsedFor("risky-is-rehearsed");
        return migration
                .requested()
                .planned()
                .snapshotted()
                .rehearsed()
                .give(new Fact.DrillAnswered(drill(migration)))
                .approvedBy("bob")
                .answered(Result.DONE);
    }

    private static DrillReport drill(Driver migration) {
        return drill(migration, "rehearsal");
    }

    private static DrillReport drill(Driver migration, String place) {
        return new DrillReport(
                "production",
                "r-1",
                migration.id,
                place,
                DrillFault.CRASH,
                Optional.empty(),
                3,
                2,
                Duration.ofMillis(5),
                Optional.of(Driver.BEFORE),
                Optional.of(Driver.BEFORE),
                Optional.empty(),
                "alice",
                migration.shell.now,
                "drills/production/r-1.json",
                Optional.of(Digest.ofText("d")));
    }

    private static List<String> opened(Driver migration, String line) {
        return migration.line(line).links().stream()
                .map(link -> link.what() + " " + link.uri())
                .toList();
    }

    @Test
    void everyTickedLineNamesWhatCanBeOpenedWithItsDigest() {
        var migration = all().succeeding();

        var ticked = migration.status().checklist().stream()
                .filter(line -> line.mark() == Mark.PASSED)
                .toList();
        assertThat(ticked)
                .extracting(ChecklistLine::name)
                .containsExactly(
                        "plan-validated",
                        "snapshot-verified",
                        "approved",
                        "dry-run",
                        "rehearsed",
                        "drilled",
                        "target-unchanged",
                        "undo-kit",
                        "state-verified");
        assertThat(ticked).allSatisfy(line -> assertThat(line.links()).isNotEmpty());
        assertThat(opened(migration, "plan-validated"))
                .containsExactly("plan " + migration.plan().planUri());
        assertThat(opened(migration, "approved"))
                .containsExactly("plan " + migration.plan().planUri(), "report ");
        assertThat(opened(migration, "drilled")).containsExactly("drill drills/production/r-1.json");
        assertThat(migration.line("drilled").links().getFirst().digest()).contains(Digest.ofText("d"));
        assertThat(opened(migration, "rehearsed")).containsExactly("rehearsal 4be21d0/m-1/rehearsal.json");
        assertThat(opened(migration, "state-verified"))
                .singleElement()
                .asString()
                .startsWith("verification 4be21d0/m-1/evidence-");
    }

    @Test
    void aLinkToAnObjectNamesTheOneThatTheEvidenceNames() {
        var migration = all();

        assertThat(migration.status().checklist())
                .filteredOn(line -> List.of("snapshot-verified", "dry-run", "rehearsed", "undo-kit")
                        .contains(line.name()))
                .hasSize(4)
                .allSatisfy(line -> {
                    var link = line.links().getFirst();
                    assertThat(line.evidence()).contains(link.digest().orElseThrow() + " at " + link.uri());
                });
    }

    @Test
    void aDrillStaysOpenableForTheMigrationThatBeganWithIt() {
        var migration = all();
        var before = migration.line("drilled").links();

        migration.passing(Duration.ofDays(30));

        assertThat(migration.line("drilled").links()).isEqualTo(before).hasSize(1);
    }

    @Test
    void whatDoesNotPassIsOpenedAllTheSameWhereSomethingIsThere() {
        var migration = Driver.inProduction().requested().planned().snapshotted();

        assertThat(migration.line("approved").mark()).isEqualTo(Mark.MISSING);
        assertThat(opened(migration, "approved"))
                .containsExactly("plan " + migration.plan().planUri());
        assertThat(migration.line("undo-kit").links()).isEmpty();
        assertThat(migration.line("state-verified").links()).isEmpty();
    }

    @Test
    void aStatusOfAnOlderVersionIsReadWithNothingToOpen() throws IOException {
        var facts = FactsCodec.read(golden("facts-before-links.json"));

        assertThat(facts.status().orElseThrow().checklist())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.links()).isEmpty());
    }

    private static byte[] golden(String name) throws IOException {
        try (var in = ChecklistLinksTest.class.getResourceAsStream(name)) {
            assertThat(in).as("committed form %s", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void theLinksAreInTheJsonWithWhereTheyAreOpenedAndAreReadBack() {
        var status = all().status();

        var json = StatusJson.toValue(status);

        assertThat(StatusJson.fromValue(json).checklist()).isEqualTo(status.checklist());
        assertThat(CanonicalJson.text(json))
                .contains("\"href\":\"/api/v1/migrations/m-1/checklist/dry-run/evidence/0\"")
                .contains("\"href\":\"/api/v1/migrations/m-1/report\"");
    }

    @Test
    void onThePageEachLinkIsALinkAndNothingFromOutsideIsMarkup() {
        var migration = new Driver(new Shell(DRILLED), "m-1", "production");
        migration.requested().planned().snapshotted();

        var page = ChecklistHtml.of(migration.status());

        assertThat(page)
                .contains("<a href=\"m-1/checklist/plan-validated/evidence/0\">plan</a>")
                .as("served under a prefix, they stay below it")
                .doesNotContain("href=\"/")
                .contains("✔ passed", "not required", "missing")
                .contains("default-src 'none'")
                .doesNotContain("<script");

        migration.give(new Fact.DrillAnswered(drill(migration, "<script>alert(1)</script>")));
        assertThat(ChecklistHtml.of(migration.status()))
                .contains("drill of m-1 in &lt;script&gt;")
                .doesNotContain("<script");
    }
}
