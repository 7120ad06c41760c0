package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.suppressing;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.bundle.TestSettings.mapping;
import static dev.migrator.core.bundle.TestSettings.patching;
import static dev.migrator.core.bundle.TestSettings.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.rules.Rule;
import dev.migrator.core.rules.Rules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manifest says what it does not want to hear of, and why. */
class SuppressionsTest {
    private static final String UNCLEAN = "{'unclean.leader.election.enable':'true'}";
    private static final String UNCLEAN_AND_IDLE =
            "{'unclean.leader.election.enable':'true','cleanup.policy':'compact','retention.ms':1}";
    private static final LocalDate LAST = LocalDate.of(2027, 1, 31);

    @Test
    void onlyThatRuleIsSilentAndOnlyAboutThatResource() {
        var result =
                read(suppressing(topic("a", UNCLEAN_AND_IDLE), "TOP-UNCLEAN"), topic("b", UNCLEAN), topic("c", "{}"));

        assertThat(codes(result))
                .containsExactlyInAnyOrder(
                        "TOP-RETENTION-IDLE Topic/a, spec.config.retention.ms",
                        "TOP-UNCLEAN Topic/b, spec.config.unclean.leader.election.enable");
        assertThat(suppressed(result))
                .containsExactly("TOP-UNCLEAN Topic/a, spec.config.unclean.leader.election.enable");
        assertThat(result.suppressed().getFirst().suppression().reason()).isEqualTo("it was decided so");
        assertThat(result.suppressed().getFirst().finding().severity()).isEqualTo(Finding.Severity.WARNING);
    }

    @Test
    void whatAllResourcesTogetherSayCanBeSuppressedWhereItIsSaidAndNowhereElse() {
        var gone = absent(topic("gone"));
        var acl = readAcl("reads", "gone");

        var where = read(gone, suppressing(acl, "ACL-ABSENT-TOPIC"));
        assertThat(codes(where)).isEmpty();
        assertThat(suppressed(where)).containsExactly("ACL-ABSENT-TOPIC Acl/reads, spec.resource.name");

        assertThat(codes(read(suppressing(gone, "ACL-ABSENT-TOPIC"), acl)))
                .containsExactlyInAnyOrder(
                        "ACL-ABSENT-TOPIC Acl/reads, spec.resource.name", "SUP-UNUSED Topic/gone, ACL-ABSENT-TOPIC");
    }

    @Test
    void anErrorThatCanBeSuppressedStopsNoMore() {
        var own = topic("migration.changes", UNCLEAN);

        assertThat(read(own).valid()).isFalse();
        var result = read(suppressing(own, "TOP-OWN"));
        assertThat(result.valid()).isTrue();
        assertThat(codes(result))
                .containsExactly("TOP-UNCLEAN Topic/migration.changes, spec.config.unclean.leader.election.enable");
        assertThat(result.suppressed().getFirst().finding().stops()).isTrue();
        assertThat(result.bundle().orElseThrow().resolve("production").stops()).isFalse();
    }

    @Test
    void onlyRulesThatAreAboutManifestsAndDoNotStopCanBeSuppressedAndVeryFewOthers() {
        assertThat(Rules.all().stream().filter(Rule::suppressible)).allSatisfy(rule -> {
            assertThat(rule.judged()).isEqualTo(Rule.Judged.OFFLINE);
            assertThat(rule.code()).doesNotStartWith("SUP-");
        });
        assertThat(Rules.all().stream()
                        .filter(Rule::suppressible)
                        .filter(rule -> rule.severity() == Finding.Severity.ERROR)
                        .map(Rule::code))
                .containsExactly("SCH-DEFAULT", "SCH-INCOMPATIBLE", "SCH-INVALID", "TOP-OWN");
    }

    @ParameterizedTest
    @CsvSource({
        "TOP-UNCLAEN, it was decided so, SUP-UNKNOWN-RULE, metadata.suppress.0.rule, did you mean TOP-UNCLEAN?",
        "TOP-NAME, it was decided so, SUP-NOT-POSSIBLE, metadata.suppress.0.rule,",
        "PLN-CAUTION, it was decided so, SUP-NOT-POSSIBLE, metadata.suppress.0.rule,",
        "SUP-UNUSED, it was decided so, SUP-NOT-POSSIBLE, metadata.suppress.0.rule,",
        "TOP-UNCLEAN, ok ............., SUP-REASON, metadata.suppress.0.reason,",
        "TOP-UNCLEAN, ' ', MAN-VALUE, metadata.suppress.0.reason,"
    })
    void aSuppressionThatSaysNothingIsAnError(String rule, String reason, String code, String place, String advice) {
        var result = read(suppressing(topic("a", UNCLEAN), rule, reason, Optional.empty()));

        assertThat(result.valid()).isFalse();
        var finding =
                result.findings().stream().filter(Finding::stops).findFirst().orElseThrow();
        assertThat(finding.problem().code()).isEqualTo(code);
        assertThat(finding.problem().thing()).isEqualTo("Topic/a, " + place);
        if (advice != null) {
            assertThat(finding.problem().todo()).isEqualTo(advice);
        }
    }

    @Test
    void oneRuleIsSuppressedOnce() {
        var one = "{'rule':'TOP-UNCLEAN','reason':'it was decided so'}";
        assertThat(codes(read(with(
                        topic("a", UNCLEAN), "metadata", json("{'name':'a','suppress':[" + one + "," + one + "]}")))))
                .contains("SUP-REPEATED Topic/a, metadata.suppress.1.rule");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-02-30, MAN-VALUE",
        "31.01.2027, MAN-VALUE",
        "2027-1-31, MAN-VALUE",
        "2027-01-31T00:00:00Z, MAN-VALUE"
    })
    void theLastDayIsOneOfTheCalendar(String until, String code) {
        assertThat(codes(
                        read(suppressing(topic("a", UNCLEAN), "TOP-UNCLEAN", "it was decided so", Optional.of(until)))))
                .contains(code + " Topic/a, metadata.suppress.0.until");
    }

    @Test
    void itHoldsOnItsLastDayAndTheFindingIsBackOnTheNext() {
        var result = read(until(topic("a", UNCLEAN), "TOP-UNCLEAN"), until(topic("b", UNCLEAN), "TOP-UNCLEAN"));

        assertThat(result.on(LAST)).isEqualTo(result);
        var after = result.on(LAST.plusDays(1));
        assertThat(after.valid()).isTrue();
        assertThat(after.suppressed()).isEmpty();
        assertThat(codes(after))
                .containsExactlyInAnyOrder(
                        "TOP-UNCLEAN Topic/a, spec.config.unclean.leader.election.enable",
                        "SUP-EXPIRED Topic/a, TOP-UNCLEAN",
                        "TOP-UNCLEAN Topic/b, spec.config.unclean.leader.election.enable",
                        "SUP-EXPIRED Topic/b, TOP-UNCLEAN");
    }

    @Test
    void anErrorStopsAgainWhenItsSuppressionIsOver() {
        var result = read(until(topic("migration.changes"), "TOP-OWN"));

        assertThat(result.on(LAST).valid()).isTrue();
        assertThat(result.on(LAST.plusDays(1)).valid()).isFalse();
        var resolved = result.bundle().orElseThrow().resolve("production");
        assertThat(resolved.on(LAST).stops()).isFalse();
        assertThat(resolved.on(LAST.plusDays(1)).stops()).isTrue();
    }

    @Test
    void oneThatIsNeededInOneEnvironmentIsNotUnused() {
        var plain = suppressing(topic("a", "{}"), "TOP-UNCLEAN");
        assertThat(codes(read(plain))).containsExactly("SUP-UNUSED Topic/a, TOP-UNCLEAN");

        var result = read(
                plain,
                patching("production", "{'name':'a'}", "{'spec':{'config':" + UNCLEAN + "}}"),
                patching("test", "{'name':'a'}", "{'spec':{'partitions':9}}"));
        assertThat(codes(result)).isEmpty();
        assertThat(suppressed(result))
                .containsExactly("TOP-UNCLEAN Topic/a, spec.config.unclean.leader.election.enable, in production");
    }

    @Test
    void itHoldsForWhatAMappingMakesOfTheResource() {
        var map = mapping("production", rule("address", "(.*)", "prod.$1", "x", "prod.x"));

        var result = read(suppressing(topic("a_b", "{}"), "TOP-NAMING"), map);

        assertThat(codes(result)).isEmpty();
        assertThat(suppressed(result)).singleElement().asString().startsWith("TOP-NAMING Topic/a_b");
    }

    @Test
    void placesAreThoseOfTheFindingAndOfTheSuppression() {
        var manifest = suppressing(topic("a", "{}"), "TOP-UNCLEAN");
        var sourced = new SourcedManifest(manifest, "a.yaml", 1, Map.of("/metadata/suppress/0/rule", 6));

        var unused = BundleReader.read(List.of(sourced)).findings().getFirst();

        assertThat(unused.file() + ":" + unused.line()).isEqualTo("a.yaml:6");
    }

    @Test
    void aBundleWithSuppressionsIsReadAgainFromItsBytes() {
        var manifest = until(topic("a", UNCLEAN), "TOP-UNCLEAN");
        var bundle = bundle(manifest);
        assertThat(bundle.digest()).isNotEqualTo(bundle(topic("a", UNCLEAN)).digest());

        var again = BundleReader.read(bundle.bytes(), bundle.digest());

        assertThat(again.bundle().orElseThrow().resolve("production").suppressed())
                .isEqualTo(bundle.resolve("production").suppressed())
                .hasSize(1);
        assertThat(again.bundle().orElseThrow().bytes()).isEqualTo(bundle.bytes());
    }

    /** Whatever is suppressed and whenever it is looked at: each finding is either shown or listed as suppressed. */
    @Property(tries = 200)
    void nothingIsEverLost(@ForAll Random random) {
        var plain = new ArrayList<Value.Obj>();
        var suppressing = new ArrayList<Value.Obj>();
        for (int i = 0; i < 4; i++) {
            var topic = topic("t" + i, random.nextBoolean() ? UNCLEAN_AND_IDLE : random.nextBoolean() ? UNCLEAN : "{}");
            plain.add(topic);
            suppressing.add(
                    random.nextInt(3) == 0
                            ? topic
                            : suppressing(
                                    topic,
                                    random.nextBoolean() ? "TOP-UNCLEAN" : "TOP-RETENTION-IDLE",
                                    "it was decided so",
                                    random.nextBoolean() ? Optional.of(LAST.toString()) : Optional.empty()));
        }
        var all = BundleReader.read(Value.array(plain)).findings();

        for (int days = -1; days <= 1; days++) {
            var seen = BundleReader.read(Value.array(suppressing)).on(LAST.plusDays(days));
            var told = Stream.concat(
                            seen.findings().stream()
                                    .filter(finding -> !finding.problem().code().startsWith("SUP-")),
                            seen.suppressed().stream().map(Suppressed::finding))
                    .toList();
            assertThat(told).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(told)).isEqualTo(new TreeSet<>(all));
        }
    }

    private static Value.Obj until(Value.Obj manifest, String rule) {
        return suppressing(manifest, rule, "it was decided so", Optional.of(LAST.toString()));
    }

    private static List<String> suppressed(BundleReader.Result result) {
        return result.suppressed().stream()
                .map(one -> one.finding().problem().code() + " "
                        + one.finding().problem().thing())
                .toList();
    }
}
