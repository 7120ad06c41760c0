package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.lifecycle.LifecycleRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentsFileTest {
    private static final String GOOD = """
            apiVersion: migrator.dev/v1
            kind: Environments
            environments:
              - name: production
                order: 20
                protection: protected
                zone: eu-1
                targets:
                  - name: kafka
                    type: kafka
                    address: broker-1:9092,broker-2:9092
                    clusterId: MkU3OEVBNTcwNTJENDM2Qk
                    credentials: {read: production-read, write: production-write}
                  - name: registry
                    type: apicurio-registry
                    address: http://registry:8080/apis/registry/v3
              - name: test
                order: 10
                protection: open
                targets:
                  - name: kafka
                    type: kafka
                    address: test-broker:9092
            """;

    @Test
    void whatWasRetiredStaysForAWeekUnlessTheFileSaysHowLong() {
        var environments =
                read(GOOD.replace("zone: eu-1", "grace: 36h")).environments().orElseThrow();

        assertThat(environments.find("production").orElseThrow().grace()).hasToString("36h");
        assertThat(environments.find("test").orElseThrow().grace()).hasToString("7d");
        assertThat(read(GOOD.replace("zone: eu-1", "grace: soon")).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().code()).isEqualTo("ENV-VALUE"));
    }

    private static final String REHEARSED = GOOD.replace("zone: eu-1", "rehearsal: {environment: stage}") + """
              - name: stage
                order: 30
                protection: open
                mode: rehearsal
                targets:
                  - name: kafka
                    type: kafka
                    address: stage:9092
            """;

    @Test
    void anEnvironmentNamesWhereItsPlansAreRehearsed() {
        var environments = read(REHEARSED).environments().orElseThrow();

        assertThat(environments.find("production").orElseThrow().rehearsal())
                .contains(new RehearsalRule("stage", RehearsalRule.Required.BY_POLICY));
        assertThat(environments.find("stage").orElseThrow().mode()).isEqualTo(Mode.REHEARSAL);
        assertThat(environments.lasting()).extracting(Environment::name).containsExactly("test", "production");
        var always = REHEARSED.replace("environment: stage", "environment: stage, required: always");
        assertThat(read(always)
                        .environments()
                        .orElseThrow()
                        .find("production")
                        .orElseThrow()
                        .rehearsal())
                .contains(new RehearsalRule("stage", RehearsalRule.Required.ALWAYS));
    }

    @Test
    void whereARehearsalCouldHarmSomethingTheFileIsRefused() {
        refused("mode: rehearsal", "mode: gated", "which has another mode");
        refused("environment: stage", "environment: nowhere", "which is not declared");
        refused("address: stage:9092", "address: broker-1:9092,broker-2:9092", "on a server of production");
        refused("address: stage:9092", "address: test-broker:9092", "on a server of test");
        refused("    order: 10", "    rehearsal: {environment: stage}\n    order: 10", "which is there for");
        refused(
                "mode: rehearsal",
                "mode: rehearsal\n    rehearsal: {environment: test}",
                "itself there for rehearsals");
        refused("rehearsal: {environment: stage}", "zone: eu-1", "none that names it");
        refused(
                "  - name: kafka\n        type: kafka\n        address: stage",
                "  - name: other\n        type: kafka\n        address: stage",
                "none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka             | db-1:9092,db-2:9092       | kafka             | DB-2:09092
            kafka             | 127.0.0.1:9092            | kafka             | localhost:9092
            postgresql        | postgresql://db/shop      | postgresql        | postgresql://DB:5432/rehearsal
            postgresql        | postgresql://db:6432/shop | kafka             | db.:6432
            apicurio-registry | https://r.example/apis/   | confluent-registry | https://R.example:443/ccompat
            """)
    void aServerOfAnotherEnvironmentIsNoPlaceHoweverItsAddressIsWritten(
            String type, String address, String placeType, String placeAddress) {
        var shared = shared(type, address, placeType, placeAddress);

        assertThat(shared.findings()).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo("ENV-REHEARSAL");
            assertThat(finding.problem().found()).contains("target more on a server of test");
        });
        assertThat(shared.environments()).isEmpty();
    }

    @Test
    void aServerOfItsOwnIsAPlace() {
        assertThat(shared("postgresql", "postgresql://db/shop", "postgresql", "postgresql://db:5433/shop")
                        .environments())
                .isPresent();
    }

    @Test
    void aDatabaseOfARealServerIsNoPlaceWhateverItIsCalled() {
        var loaded = shared(
                "postgresql",
                "postgresql://db/shop\n        clusterId: 7405/shop",
                "postgresql",
                "postgresql://alias/rehearsal\n        clusterId: 7405/rehearsal");

        assertThat(loaded.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("ENV-REHEARSAL");
    }

    /** Test and the place have one more target each. */
    private static LoadedEnvironments shared(String type, String address, String placeType, String placeAddress) {
        var target = "      - name: %s\n        type: %s\n        address: %s\n";
        return read(REHEARSED.replace(
                        "        address: test-broker:9092\n",
                        "        address: test-broker:9092\n" + target.formatted("mine", type, address))
                + target.formatted("more", placeType, placeAddress));
    }

    private static void refused(String part, String instead, String found) {
        assertThat(REHEARSED).contains(part);
        var loaded = read(REHEARSED.replace(part, instead));
        assertThat(loaded.environments()).isEmpty();
        assertThat(loaded.findings()).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo("ENV-REHEARSAL");
            assertThat(finding.problem().found()).contains(found);
        });
    }

    @Test
    void phasesBakeAtLeastAsLongAsTheFileSays() {
        var environments =
                read(GOOD.replace("zone: eu-1", "bake: 10m")).environments().orElseThrow();

        assertThat(environments.find("production").orElseThrow().bake()).hasToString("10m");
        assertThat(environments.find("test").orElseThrow().bake().isNone()).isTrue();
        for (var wrong : List.of("25h", "1441m", "soon", "10")) {
            assertThat(read(GOOD.replace("zone: eu-1", "bake: \"" + wrong + "\""))
                            .findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.problem().code()).isEqualTo("ENV-VALUE"));
        }
    }

    private static final String MONITORED = GOOD.replace("    zone: eu-1\n", """
                monitoring:
                  - source: checkout-service
                    metric: http.server.request.duration
                    attributes: {route: /pay}
                    every: 30s
                    max: 0.5
                  - {source: checkout-service, metric: errors, every: 1h, min: 0, max: 0}
                  - {source: cart, metric: errors, every: 5m}
            """);

    @Test
    void anEnvironmentDeclaresWhatHasToBeHeard() {
        var production =
                read(MONITORED).environments().orElseThrow().find("production").orElseThrow();

        assertThat(production.monitoring())
                .extracting(MonitoredSignal::name)
                .containsExactly(
                        "checkout-service http.server.request.duration{route=/pay}",
                        "checkout-service errors",
                        "cart errors");
        assertThat(production.monitoring())
                .extracting(MonitoredSignal::bounds)
                .containsExactly("at most 0.5", "at least 0 and at most 0", "");
        assertThat(production.monitoring().getFirst().every()).hasToString("30s");
        assertThat(read(GOOD)
                        .environments()
                        .orElseThrow()
                        .find("production")
                        .orElseThrow()
                        .monitoring())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1} gives {2} in line {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "every: 30s | every: 0s | ENV-VALUE | 11",
                "every: 30s | every: 61m | ENV-VALUE | 11",
                "every: 1h | every: 2h | ENV-VALUE | 13",
                "max: 0.5 | max: much | ENV-WRONG-TYPE | 12",
                "min: 0, max: 0 | min: 1, max: 0 | ENV-SIGNAL-BOUNDS | 13",
                "source: cart | source: checkout-service | ENV-DUPLICATE-SIGNAL | 14",
                "{route: /pay} | {route: 7} | ENV-WRONG-TYPE | 10"
            })
    void whatIsWrongWithASignalIsNamedWithCodeAndLine(String right, String wrong, String code, int line) {
        assertThat(MONITORED).contains(right);

        var loaded = read(MONITORED.replace(right, wrong));

        assertThat(loaded.environments()).isEmpty();
        assertThat(loaded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo(code);
            assertThat(finding.line()).isEqualTo(line);
        });
    }

    @Test
    void whatFollowsAnAnomalyIsSaidByTheFile() {
        var environments = read(GOOD.replace("zone: eu-1", "onAnomaly: pause"))
                .environments()
                .orElseThrow();
        var rules = LifecycleRules.of(environments);

        assertThat(rules.isPausedByAnomaly("production")).isTrue();
        assertThat(rules.isPausedByAnomaly("test")).as("left out").isFalse();
        assertThat(LifecycleRules.of(read(GOOD.replace("zone: eu-1", "onAnomaly: rollback"))
                                .environments()
                                .orElseThrow())
                        .isPausedByAnomaly("production"))
                .isFalse();
        for (var wrong : List.of("freeze", "Pause", "")) {
            assertThat(read(GOOD.replace("zone: eu-1", "onAnomaly: \"" + wrong + "\""))
                            .findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.problem().code()).isEqualTo("ENV-VALUE"));
        }
    }

    @Test
    void environmentsComeInTheirOrderWithTheirTargets() {
        var loaded = read(GOOD);

        assertThat(loaded.findings()).isEmpty();
        var environments = loaded.environments().orElseThrow();
        assertThat(environments.names()).containsExactly("test", "production");
        var production = environments.find("production").orElseThrow();
        assertThat(production.protection()).isEqualTo(Protection.PROTECTED);
        assertThat(production.zone()).isEqualTo("eu-1");
        var kafka = production.target("kafka").orElseThrow();
        assertThat(kafka.address()).isEqualTo("broker-1:9092,broker-2:9092");
        assertThat(kafka.expectedClusterId()).contains("MkU3OEVBNTcwNTJENDM2Qk");
        assertThat(kafka.readCredential()).contains("production-read");
        assertThat(kafka.checkCredential()).isEmpty();
        assertThat(environments.find("test").orElseThrow().zone()).isEqualTo("default");
    }

    @Test
    void anEnvironmentIsWrittenByMigrationsUnlessItIsOnlyLookedAt() {
        assertThat(mode(GOOD)).isEqualTo(Mode.GATED);
        assertThat(mode(GOOD.replace("order: 20", "order: 20\n    mode: gated")))
                .isEqualTo(Mode.GATED);
        assertThat(mode(GOOD.replace("order: 20", "order: 20\n    mode: observe")))
                .isEqualTo(Mode.OBSERVE);
    }

    private static final String FLEET = """
            fleets:
              - name: all
                waves:
                  - [test]
                  - [production]
                bake: 10m
            """;

    @Test
    void aFleetHasItsWavesInOrderAndATimeBetweenThem() {
        assertThat(read(GOOD + FLEET).environments().orElseThrow().fleets())
                .containsExactly(new Fleet(
                        "all", List.of(List.of("test"), List.of("production")), new Grace(10, Grace.Unit.MINUTES)));
        assertThat(read(GOOD + FLEET.replace("    bake: 10m\n", ""))
                        .environments()
                        .orElseThrow()
                        .fleets()
                        .getFirst()
                        .bake())
                .isEqualTo(Fleet.NO_BAKE);
        assertThat(read(GOOD).environments().orElseThrow().fleets()).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1} gives {2} in line {3} of the fleets")
    @CsvSource(delimiter = '|', textBlock = """
            - [production]    | - [staging]         | ENV-FLEET-UNKNOWN | 5
            - [production]    | - [test]            | ENV-FLEET-TWICE   | 5
            - [test]          | - [test, test]      | ENV-FLEET-TWICE   | 4
            - [test]          | - []                | ENV-VALUE         | 4
            bake: 10m         | bake: soon          | ENV-VALUE         | 6
            bake: 10m         | baking: 10m         | ENV-UNKNOWN-FIELD | 6
            """)
    void whatIsWrongWithAFleetIsNamedWithCodeAndLine(String right, String wrong, String code, int line) {
        var loaded = read(GOOD + FLEET.replace(right, wrong));

        assertThat(loaded.environments()).isEmpty();
        assertThat(loaded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo(code);
            assertThat(finding.line()).isEqualTo((int) GOOD.lines().count() + line);
        });
    }

    @Test
    void aFleetOfAnEnvironmentThatTakesNoChangesIsRefused() {
        var observed = read(GOOD.replace("order: 20", "order: 20\n    mode: observe") + FLEET);
        var place = read(REHEARSED + FLEET.replace("- [production]", "- [production, stage]"));

        for (var loaded : List.of(observed, place)) {
            assertThat(loaded.environments()).isEmpty();
            assertThat(loaded.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.problem().code()).isEqualTo("ENV-FLEET-MODE"));
        }
        assertThat(observed.findings().getFirst().problem().thing()).contains("fleet all", "environment production");
        assertThat(observed.findings().getFirst().problem().found()).isEqualTo("mode observe");
        assertThat(place.findings().getFirst().problem().found()).isEqualTo("mode rehearsal");
        assertThat(place.findings().getFirst().line())
                .isEqualTo((int) REHEARSED.lines().count() + 5);
    }

    @Test
    void twoFleetsOfOneNameAndOneThatIsTooLargeAreRefused() {
        assertThat(read(GOOD + FLEET + "  - {name: all, waves: [[test]]}\n").findings())
                .extracting(f -> f.problem().code())
                .containsExactly("ENV-FLEET-NAME");
        var names = IntStream.rangeClosed(0, Fleet.MOST_ENVIRONMENTS)
                .mapToObj(i -> "e-" + i)
                .toList();
        var half = names.size() / 2;
        var large = "fleets: [{name: all, waves: [" + names.subList(0, half) + "," + names.subList(half, names.size())
                + "]}]\n";
        assertThat(read(GOOD + large).findings())
                .extracting(f -> f.problem().code())
                .contains("ENV-FLEET-SIZE");
    }

    private static Mode mode(String yaml) {
        return read(yaml)
                .environments()
                .orElseThrow()
                .find("production")
                .orElseThrow()
                .mode();
    }

    @ParameterizedTest(name = "{0} -> {1} gives {2} in line {3}")
    @CsvSource(delimiter = '|', textBlock = """
            name: test             | name: production          | ENV-DUPLICATE-NAME  | 17
            order: 10              | order: 20                 | ENV-DUPLICATE-ORDER | 18
            order: 10              | order: first              | ENV-WRONG-TYPE      | 18
            order: 10              | order: -1                 | ENV-VALUE           | 18
            protection: open       | mode: observed            | ENV-VALUE           | 19
            protection: open       | protection: opened        | ENV-VALUE           | 19
            address: test-broker:9092 | adress: test-broker:9092 | ENV-UNKNOWN-FIELD | 23
            address: test-broker:9092 | address: test-broker   | ENV-VALUE           | 23
            address: http://registry:8080/apis/registry/v3 | address: registry:8080 | ENV-VALUE | 16
            name: registry         | name: kafka               | ENV-DUPLICATE-TARGET | 14
            type: apicurio-registry | type: confluent          | ENV-VALUE           | 15
            kind: Environments     | kind: Environment         | ENV-VALUE           | 2
            migrator.dev/v1        | migrator.dev/v2           | ENV-VALUE           | 1
            zone: eu-1             | [                         | YML-SYNTAX          | 8
            """)
    void whatIsWrongIsNamedWithCodeAndLine(String right, String wrong, String code, int line) {
        var loaded = read(GOOD.replace(right, wrong));

        assertThat(loaded.environments()).isEmpty();
        assertThat(loaded.findings()).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo(code);
            assertThat(finding.file()).isEqualTo("environments.yaml");
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.problem().expected()).isNotEmpty();
            assertThat(finding.problem().found()).isNotEmpty();
        });
    }

    @Test
    void aMissingAddressIsSaidWhereTheTargetStands() {
        var loaded = read(GOOD.replace("                    address: test-broker:9092\n", "")
                .replace("        address: test-broker:9092\n", ""));

        assertThat(loaded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("ENV-MISSING-FIELD");
            assertThat(finding.problem().thing()).isEqualTo("environments.1.targets.0.address");
            assertThat(finding.line()).isEqualTo(21);
        });
    }

    @Test
    void aMisspeltFieldComesWithTheNameThatWasProbablyMeant() {
        var loaded = read(GOOD.replace("protection: open", "protecton: open"));

        assertThat(loaded.findings())
                .extracting(f -> f.problem().code(), f -> f.problem().todo())
                .contains(
                        org.assertj.core.groups.Tuple.tuple("ENV-UNKNOWN-FIELD", "did you mean 'protection'?"),
                        org.assertj.core.groups.Tuple.tuple("ENV-MISSING-FIELD", "add protection"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var loaded = read(GOOD.replace("protection: open", "protection: none")
                .replace("order: 20", "order: soon")
                .replace("name: registry", "nam: registry"));

        assertThat(loaded.findings())
                .extracting(f -> f.problem().code())
                .contains("ENV-VALUE", "ENV-WRONG-TYPE", "ENV-UNKNOWN-FIELD", "ENV-MISSING-FIELD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credentials: {read: r, password: hunter2hunter2}",
                "sasl.jaas.config: hunter2hunter2",
                "clientSecret: hunter2hunter2",
                "credentials: {read: 'password=hunter2hunter2'}",
                "address: http://me:hunter2hunter2@registry:8080/apis",
                "credentials: {read: '-----BEGIN PRIVATE KEY----- hunter2hunter2'}",
            })
    void aSecretInsideIsRefusedAndNeverRepeated(String secret) {
        var loaded = read(GOOD.replace("address: test-broker:9092", secret));

        assertThat(loaded.environments()).isEmpty();
        assertThat(loaded.findings()).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo("ENV-SECRET");
            assertThat(finding.line()).isEqualTo(23);
        });
        assertThat(loaded.findings()).extracting(Finding::toString).noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void aTextThatDoesNotFitIsNotRepeatedSinceItMayBeASecret() {
        var loaded = read(GOOD.replace("read: production-read", "read: 'hunter2 hunter2'"));

        assertThat(loaded.findings()).isNotEmpty();
        assertThat(loaded.findings()).extracting(Finding::toString).noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void namesOfCredentialsThatSpeakOfSecretsAreNoSecrets() {
        assertThat(read(GOOD.replace("production-read", "token-reader")).findings())
                .isEmpty();
    }

    @Test
    void aTargetHasTheSameTypeInEveryEnvironment() {
        var loaded = read(GOOD.replace(
                "type: kafka\n        address: test-broker:9092",
                "type: apicurio-registry\n        address: http://r:1"));

        assertThat(loaded.environments()).isEmpty();
        assertThat(loaded.findings()).extracting(f -> f.problem().code()).containsExactly("ENV-TARGET-TYPE");
    }

    @Test
    void oneAddressInTwoEnvironmentsIsAWarning() {
        var loaded = read(GOOD.replace("test-broker:9092", "broker-1:9092,broker-2:9092"));

        assertThat(loaded.environments()).isPresent();
        assertThat(loaded.findings())
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void aFileThatIsNotThereIsAFinding() {
        var loaded = EnvironmentsFile.load(Path.of("no-such-folder", "environments.yaml"));

        assertThat(loaded.environments()).isEqualTo(Optional.empty());
        assertThat(loaded.findings()).extracting(f -> f.problem().code()).containsExactly("YML-FILE");
    }

    @Test
    void anEmptyFileAndASecondDocumentAreFindings() {
        assertThat(read("").findings()).extracting(f -> f.problem().code()).containsExactly("ENV-DOCUMENT");
        assertThat(read(GOOD + "---\n" + GOOD).findings())
                .extracting(f -> f.problem().code())
                .containsExactly("ENV-DOCUMENT");
    }

    private static LoadedEnvironments read(String yaml) {
        return EnvironmentsFile.read(yaml.getBytes(StandardCharsets.UTF_8), "environments.yaml");
    }
}
