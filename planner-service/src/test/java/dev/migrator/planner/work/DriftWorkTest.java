package dev.migrator.planner.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.events.v1.DriftReported;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.DriftMessages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check against a target in memory; what it reports is read back from the topic. */
class DriftWorkTest {
    private static final EntryKey ORDERS = Plans.topic("orders");
    private static final EntryKey REFUNDS = Plans.topic("refunds");
    private static final MigrationActivity.Mark IDLE = new MigrationActivity.Mark(3, Optional.empty());

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final Environments environments = MemoryProvider.environments(Plans.TARGET, "kafka");
    private final List<Duration> pauses = new ArrayList<>();
    private Supplier<Inventory> inventory = () -> Inventory.of(List.of(known(ORDERS, "1"), known(REFUNDS, "1")));
    private Supplier<MigrationActivity.Mark> activity = () -> IDLE;
    private Runnable betweenReads = () -> {};
    private Instant now = Desk.NOW;
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        target.outsiderSets(ORDERS, Plans.retention("1"));
        target.outsiderSets(REFUNDS, Plans.retention("1"));
    }

    @Test
    void anEnvironmentThatIsAsItWasAppliedIsReportedAsSuchAfterOneRead() throws Exception {
        assertThat(check()).isEqualTo(DriftWork.Again.AS_USUAL);

        var report = newest();
        assertThat(report.findings()).isEmpty();
        assertThat(report.drifted()).isZero();
        assertThat(report.targets())
                .containsExactly(new DriftReport.Target(Plans.TARGET, 2, Optional.of(now), Optional.empty()));
        assertThat(report.freshUntil()).isEqualTo(now.plus(Duration.ofMinutes(30)));
        assertThat(desk.keys(Topics.DRIFT)).containsExactly("test");
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatSomebodyChangedIsFoundAndGoneAgainOnceItIsPutBack() throws Exception {
        target.outsiderSets(ORDERS, Plans.retention("2"));
        check();
        assertThat(addresses()).containsExactly("orders");
        assertThat(newest().findings().getFirst().fields())
                .containsExactly(new DriftFinding.Field("config.retention.ms", "2"));
        assertThat(pauses).containsExactly(Duration.ofSeconds(5));

        now = now.plusSeconds(600);
        check();
        assertThat(newest().findings().getFirst().firstSeen()).as("since then").isEqualTo(Desk.NOW);

        target.outsiderSets(ORDERS, Plans.retention("1"));
        check();
        assertThat(addresses()).isEmpty();
        assertThat(pauses).as("a finding is not taken back on one read's word").hasSize(3);
    }

    @Test
    void aTopicThatIsGoneIsFound() throws Exception {
        target.outsiderRemoves(REFUNDS);
        check();

        assertThat(newest().findings().getFirst().fields())
                .containsExactly(new DriftFinding.Field("existence", "nothing there"));
    }

    @Test
    void whatTheSecondReadDoesNotSeeAnyMoreIsNotReportedAndLookedAtSoon() throws Exception {
        target.outsiderSets(ORDERS, Plans.retention("2"));
        betweenReads = () -> target.outsiderSets(ORDERS, Plans.retention("1"));

        assertThat(check()).isEqualTo(DriftWork.Again.SOON);

        assertThat(addresses()).isEmpty();
    }

    @Test
    void whileAMigrationMayWriteNothingIsReadAndWhatWasKnownStays() throws Exception {
        target.outsiderSets(ORDERS, Plans.retention("2"));
        check();
        now = now.plusSeconds(60);
        activity = () -> new MigrationActivity.Mark(4, Optional.of(new MigrationId("m-2")));
        target.outsiderSets(REFUNDS, Plans.retention("2"));

        assertThat(check()).isEqualTo(DriftWork.Again.SOON);
        assertThat(check()).isEqualTo(DriftWork.Again.SOON);

        assertThat(addresses()).containsExactly("orders");
        assertThat(newest().problem().orElseThrow().code()).isEqualTo("DRF-BUSY");
        assertThat(newest().problem().orElseThrow().thing()).isEqualTo("migration m-2");
        assertThat(newest().freshUntil()).as("it grows old").isEqualTo(Desk.NOW.plus(Duration.ofMinutes(30)));
        assertThat(desk.published(Topics.DRIFT)).as("said once").hasSize(2);
    }

    @Test
    void whatAMigrationWroteDuringTheCheckIsNotReported() throws Exception {
        target.outsiderSets(ORDERS, Plans.retention("2"));
        var marks = new ArrayList<>(List.of(IDLE, new MigrationActivity.Mark(5, Optional.empty())));
        activity = marks::removeFirst;

        assertThat(check()).isEqualTo(DriftWork.Again.SOON);

        assertThat(addresses()).isEmpty();
        assertThat(newest().problem().orElseThrow().code()).isEqualTo("DRF-BUSY");
        assertThat(newest().isFresh(now.plusMillis(1))).as("nothing is known").isFalse();
    }

    @Test
    void whatIsMadeKnownDuringTheCheckIsNotReported() throws Exception {
        target.outsiderSets(ORDERS, Plans.retention("2"));
        var known = new ArrayList<>(
                List.of(inventory.get(), Inventory.of(List.of(known(ORDERS, "2"), known(REFUNDS, "1")))));
        inventory = known::removeFirst;

        assertThat(check()).isEqualTo(DriftWork.Again.SOON);

        assertThat(addresses()).isEmpty();
    }

    @Test
    void aTargetThatDoesNotAnswerIsUnknownAndItsFindingsStay() throws Exception {
        target.outsiderSets(ORDERS, Plans.retention("2"));
        check();
        now = now.plusSeconds(60);
        provider.away();

        check();

        var report = newest();
        assertThat(addresses()).containsExactly("orders");
        assertThat(report.isComplete()).isFalse();
        assertThat(report.checkedAt()).contains(Desk.NOW);
        assertThat(report.targets().getFirst().problem().orElseThrow().code()).isEqualTo("TST-AWAY");
    }

    @Test
    void aTargetThatWasNeverReadHasNoTimeAndIsNotFoundClean() throws Exception {
        provider.refusing();

        check();

        assertThat(newest().isComplete()).isFalse();
        assertThat(newest().checkedAt()).isEmpty();
    }

    @Test
    void anEntryInATargetThatIsNotDeclaredAnyMoreIsSaidToBeUnread() throws Exception {
        inventory = () -> Inventory.of(List.of(known(new EntryKey("elsewhere", "topic", "a"), "1")));

        check();

        assertThat(newest().targets()).singleElement().satisfies(read -> {
            assertThat(read.name()).isEqualTo("elsewhere");
            assertThat(read.problem().orElseThrow().code()).isEqualTo("TGT-UNKNOWN");
        });
    }

    @Test
    void whatIsNotManagedAnyMoreIsForgotten() throws Exception {
        target.outsiderSets(ORDERS, Plans.retention("2"));
        check();
        inventory = () -> Inventory.of(List.of(known(REFUNDS, "1")));

        check();

        assertThat(addresses()).isEmpty();
    }

    @Test
    void withoutTheInventoryNothingIsFoundOutAndThatIsSaid() throws Exception {
        inventory = () -> {
            throw away();
        };

        assertThat(check()).isEqualTo(DriftWork.Again.SOON);

        assertThat(newest().problem().orElseThrow().code()).isEqualTo("KFK-UNAVAILABLE");
        assertThat(newest().checkedAt()).isEmpty();
    }

    @Test
    void withoutTheStatusesNothingIsSaidAtAll() {
        activity = () -> {
            throw away();
        };

        assertThatThrownBy(this::check).isInstanceOf(Unavailable.class);

        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anAnswerCarriesTheIdOfItsQuestionAlsoWhenNothingWasFoundOut() throws Exception {
        work().check(environment(), "r-1");
        assertThat(newest().answers()).isEqualTo("r-1");

        activity = () -> new MigrationActivity.Mark(4, Optional.of(new MigrationId("m-2")));
        work().check(environment(), "r-1");
        work().check(environment(), "r-2");
        assertThat(newest().answers()).isEqualTo("r-2");
        assertThat(newest().problem()).isPresent();
    }

    private DriftWork.Again check() throws InterruptedException {
        return work().check(environment(), "");
    }

    private DriftWork work() {
        var sources = new DriftSources() {
            @Override
            public Optional<DriftReport> reported(String environment) {
                var reports = desk.published(Topics.DRIFT);
                return reports.isEmpty() ? Optional.empty() : Optional.of(newest());
            }

            @Override
            public MigrationActivity.Mark activity(String environment) {
                return activity.get();
            }
        };
        return new DriftWork(
                provider.pool(environments),
                _ -> inventory.get(),
                sources,
                desk.publisher(),
                Clock.fixed(now, ZoneOffset.UTC),
                Duration.ofSeconds(5),
                Duration.ofMinutes(30),
                time -> {
                    pauses.add(time);
                    betweenReads.run();
                });
    }

    private Environment environment() {
        return environments.find("test").orElseThrow();
    }

    private DriftReport newest() {
        return DriftMessages.report((DriftReported) desk.published(Topics.DRIFT).getLast());
    }

    private List<String> addresses() {
        return newest().findings().stream()
                .map(finding -> finding.key().address())
                .toList();
    }

    private static Unavailable away() {
        return new Unavailable(Problem.of("KFK-UNAVAILABLE", "the broker does not answer"), null);
    }

    private static KnownEntry known(EntryKey key, String retention) {
        return new KnownEntry(
                "uid-of-" + key.address(),
                "default",
                key,
                "",
                KnownEntry.fingerprints(Plans.retention(retention)),
                false,
                List.of(),
                false,
                "m-1");
    }
}
