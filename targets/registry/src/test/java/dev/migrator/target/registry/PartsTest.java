package dev.migrator.target.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Parallel;
import dev.migrator.target.httpclient.Unsettled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that need no server. */
class PartsTest {
    @Nested
    class Provider {
        private final RegistryTargetProvider provider = new RegistryTargetProvider();

        @Test
        void isFoundByItsType() {
            assertThat(ServiceLoader.load(TargetProvider.class).stream().map(ServiceLoader.Provider::get))
                    .anyMatch(found -> found.type().equals("apicurio-registry")
                            && found.kinds()
                                    .equals(List.of(
                                            "registry-rule", "artifact-group", "artifact", "artifact-version")));
        }

        @Test
        void refusesAnExpectedClusterIdSinceARegistryHasNone() {
            var config = new TargetConfig(
                    "registry",
                    "apicurio-registry",
                    "http://127.0.0.1:1/apis/registry/v3",
                    Optional.of("abc"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

            assertThatThrownBy(() -> provider.openWriter(config, Map.of(), Duration.ofSeconds(1)))
                    .isInstanceOfSatisfying(TargetException.Refused.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("TGT-WRONG-CLUSTER");
                        assertThat(e.problem().expected()).isEqualTo("abc");
                    });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "registry:8080",
                    "ftp://registry/apis",
                    "http:///apis",
                    "http://a b/",
                    "http://ann:secret@registry/apis/registry/v3",
                    "http://registry/apis?x=1",
                    "http://registry/apis#x"
                })
        void refusesAnAddressThatIsNone(String address) {
            assertThatThrownBy(() -> RegistryTargetProvider.CONNECTION.base(Registries.config(address)))
                    .isInstanceOfSatisfying(
                            TargetException.Refused.class,
                            e -> assertThat(e.problem().code()).isEqualTo("TGT-ADDRESS"))
                    .hasMessageNotContaining("secret");
        }

        @Test
        void takesAnAddressWithOrWithoutASlashAtItsEnd() throws Exception {
            assertThat(RegistryTargetProvider.CONNECTION.base(
                            Registries.config("https://r.example:8443/apis/registry/v3/")))
                    .isEqualTo("https://r.example:8443/apis/registry/v3");
        }

        @Test
        void refusesACredentialOfAnotherKindWithoutShowingIt() {
            assertThatThrownBy(() -> RegistryTargetProvider.CONNECTION.authorization(
                            "registry", Map.of("username", "u", "pass", "hidden")))
                    .isInstanceOfSatisfying(
                            TargetException.Refused.class,
                            e -> assertThat(e.problem().code()).isEqualTo("TGT-CREDENTIAL"))
                    .hasMessageContaining("pass")
                    .hasMessageNotContaining("hidden");
        }
    }

    @Nested
    class InPaths {
        @ParameterizedTest
        @CsvSource({
            "order-v1_2.x~, order-v1_2.x~",
            "a/b, a%2Fb",
            "a@b, a%40b",
            "50%, 50%25",
            "x y, x%20y",
            "a+b, a%2Bb",
            "a?b#c, a%3Fb%23c",
            "é, %C3%A9",
            ".., %2E%2E",
            "., %2E",
            "..a, ..a"
        })
        void aNameIsOneSegment(String name, String encoded) {
            assertThat(Paths.encoded(name)).isEqualTo(encoded);
        }

        @Test
        void anEmptyNameNeverShortensAPath() {
            assertThatThrownBy(() -> Paths.artifact(ArtifactName.artifact("shop", "")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Paths.version(ArtifactName.artifact("shop", "order")))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"shop/", "/order", "shop/..", "./order"})
        void aNameThatCouldLeadElsewhereIsNotWritten(String address) {
            assertThatThrownBy(() -> Names.toWrite(new EntryKey("registry", "artifact", address)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("SCH-ADDRESS");
        }

        @Test
        void aNameLongerThanTheRegistryTakesIsNotWritten() {
            var longest = "x".repeat(512);
            assertThatCode(() -> Names.toWrite(new EntryKey("registry", "artifact", longest + "/" + longest)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> Names.toWrite(new EntryKey("registry", "artifact", "shop/x" + longest)))
                    .hasMessageContaining("513");
            assertThatThrownBy(() -> Names.toWrite(
                            new EntryKey("registry", "artifact-version", "shop/order@" + "1".repeat(257))))
                    .hasMessageContaining("257");
        }

        @Test
        void aVersionIsNoArtifactAndTheOtherWayRound() {
            assertThatThrownBy(() -> Names.of(new EntryKey("registry", "artifact", "shop/order@1")))
                    .hasMessageContaining("SCH-ADDRESS");
            assertThatThrownBy(() -> Names.of(new EntryKey("registry", "artifact-version", "shop/order")))
                    .hasMessageContaining("SCH-ADDRESS");
            assertThatThrownBy(() -> Names.of(new EntryKey("registry", "topic", "shop/order")))
                    .hasMessageContaining("TGT-KIND");
        }
    }

    @Nested
    class Contents {
        @Test
        void ofAvroAndJsonAreComparedWithoutWhiteSpaceAndOrder() {
            var written = "{ \"type\" : \"record\",\n \"name\":\"A\", \"fields\": [] }";
            assertThat(SchemaText.canonical("AVRO", written))
                    .isEqualTo("{\"fields\":[],\"name\":\"A\",\"type\":\"record\"}")
                    .isEqualTo(SchemaText.canonical("JSON", written));
        }

        @Test
        void thatAreNoJsonAreComparedAsTheyAre() {
            assertThat(SchemaText.canonical("AVRO", "{ \"a\": ")).isEqualTo("{ \"a\": ");
            assertThat(SchemaText.canonical("JSON", "{\"a\":1,\"a\":2}")).isEqualTo("{\"a\":1,\"a\":2}");
            assertThat(SchemaText.canonical("PROTOBUF", "{ }")).isEqualTo("{ }");
        }

        @Test
        void inCanonicalFormStayAsTheyAre() {
            for (var text : List.of("{\"default\":1e60}", "{\"default\":1e80}", "{\"b\":1.50,\"a\":\"\\u00e9\"}")) {
                var once = SchemaText.canonical("AVRO", text);
                assertThat(SchemaText.canonical("AVRO", once)).isEqualTo(once);
            }
        }

        @Test
        void thatAreNoTextAreStillDistinguished() {
            var a = SchemaText.of(new byte[] {(byte) 0xff, 1});
            assertThat(a).startsWith("data:").isNotEqualTo(SchemaText.of(new byte[] {(byte) 0xff, 2}));
            assertThat(SchemaText.of("é".getBytes(StandardCharsets.UTF_8))).isEqualTo("é");
        }

        @ParameterizedTest
        @CsvSource({
            "AVRO, {}, application/json",
            "PROTOBUF, x, application/x-protobuf",
            "XSD, <a/>, application/xml",
            "GRAPHQL, type A, application/graphql",
            "THRIFT, struct A {}, text/plain",
            "KCONNECT, {}, application/json",
            "ODCS_CONTRACT, kind: DataContract, application/x-yaml",
            "OF-ANOTHER-SERVER, a: 1, application/x-yaml",
            "OPENAPI, {}, application/json",
            "OPENAPI, openapi: 3, application/x-yaml"
        })
        void areNamedByTheirKind(String type, String text, String mediaType) {
            assertThat(SchemaText.mediaType(type, text)).isEqualTo(mediaType);
        }
    }

    @Nested
    class RuleValues {
        @ParameterizedTest
        @CsvSource({
            "COMPATIBILITY, FULL_TRANSITIVE",
            "VALIDITY, SYNTAX_ONLY",
            "INTEGRITY, FULL",
            "INTEGRITY, 'NO_DUPLICATES,REFS_EXIST'"
        })
        void thatTheRegistryKnowsAreTaken(String type, String value) {
            assertThat(Rules.check(type, value)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "COMPATIBILITY, BACKWARDS",
            "COMPATIBILITY, 'BACKWARD,FULL'",
            "VALIDITY, ''",
            "INTEGRITY, 'FULL,'",
            "OWNERSHIP, FULL"
        })
        void thatTheRegistryWouldBreakOnAreRefused(String type, String value) {
            assertThat(Rules.check(type, value))
                    .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("TGT-RULE-VALUE"));
        }
    }

    @Nested
    class Answers {
        @Test
        void tellTheRulesWordsAndCauses() {
            var answer = answer(
                    400,
                    "{\"name\":\"RuleViolationException\",\"title\":\"Incompatible artifact\","
                            + "\"causes\":[{\"description\":\"no default\",\"context\":\"/fields/0\"}]}");

            assertThat(answer.againstARule()).isTrue();
            assertThat(answer.errorWords()).isEqualTo("Incompatible artifact; no default at /fields/0");
        }

        @Test
        void ofAProxyAreNotTheRegistrySayingThatNothingIsThere() {
            assertThat(answer(404, "<html>").absent()).isFalse();
            assertThat(answer(404, "{\"name\":\"NotFoundException\"}").absent()).isFalse();
            assertThat(answer(404, "{\"name\":\"ArtifactNotFoundException\"}").absent())
                    .isTrue();
        }

        @Test
        void areShownInPart() {
            assertThat(answer(400, "{\"title\":\"" + "x".repeat(5_000) + "\"}").errorWords())
                    .hasSizeLessThanOrEqualTo(2_001);
        }

        private static Answer answer(int status, String body) {
            return new Answer(new HttpReply("GET /x", status, body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Nested
    class Writes {
        private static final EntryKey KEY = new EntryKey("registry", "artifact", "shop/order");
        private static final EntryState BEFORE =
                new EntryState.Present(Content.of("type", Value.of("AVRO")), "2026-01-02T03:04:05Z");
        private final Unsettled unsettled = new Unsettled();

        @Test
        void areUnsettledUntilAReadNoLongerShowsWhatWasThereBefore() {
            unsettled.acknowledged(KEY, BEFORE, 0);

            unsettled.read(Map.of(KEY, BEFORE), 1);
            assertThat(unsettled.keys()).containsExactly(KEY);

            unsettled.read(Map.of(KEY, EntryState.ABSENT), 2);
            assertThat(unsettled.keys()).isEmpty();
        }

        @Test
        void thatSomebodyElsePutBackDoNotBlockForEver() {
            unsettled.acknowledged(KEY, BEFORE, 0);

            unsettled.read(Map.of(KEY, BEFORE), Unsettled.LONGEST_LAG.toNanos() + 1);

            assertThat(unsettled.keys()).isEmpty();
        }

        @Test
        void areBoundedAndTheLatestAreKept() {
            IntStream.rangeClosed(0, Unsettled.MOST)
                    .forEach(i -> unsettled.acknowledged(new EntryKey("registry", "artifact", "shop/" + i), BEFORE, i));

            assertThat(unsettled.keys())
                    .hasSize(Unsettled.MOST)
                    .doesNotContain(new EntryKey("registry", "artifact", "shop/0"))
                    .contains(new EntryKey("registry", "artifact", "shop/" + Unsettled.MOST));
        }
    }

    @Nested
    class InParallel {
        @Test
        void resultsKeepTheirOrderAndNoMoreThanTheBoundRunAtOnce() throws Exception {
            var running = new AtomicInteger();
            var most = new AtomicInteger();
            var items = IntStream.range(0, 300).boxed().toList();

            var results = Parallel.map(items, item -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                running.decrementAndGet();
                return item * 2;
            });

            assertThat(results).isEqualTo(items.stream().map(i -> i * 2).toList());
            assertThat(most).hasValueLessThanOrEqualTo(Parallel.WIDTH);
        }

        @Test
        void afterAFaultNothingFurtherIsStarted() {
            var started = new AtomicInteger();
            var fault = new IllegalStateException("enough");

            assertThatThrownBy(() ->
                            Parallel.map(IntStream.range(0, 10_000).boxed().toList(), item -> {
                                started.incrementAndGet();
                                throw fault;
                            }))
                    .isSameAs(fault);
            assertThat(started).hasValueLessThanOrEqualTo(Parallel.WIDTH);
        }

        @Test
        void nothingIsDoneWithNothing() throws Exception {
            assertThat(Parallel.map(List.of(), item -> item)).isEmpty();
        }
    }
}
