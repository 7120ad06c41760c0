package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What needs no broker. */
class PurePartsTest {
    @Nested
    class OfTopicFields {
        @Test
        void areReadAsKafkaTakesThem() {
            var fields = TopicFields.of(Content.of(Map.of(
                    "partitions", Value.of(6),
                    "replicationFactor", Value.of(3),
                    "config.retention.ms", Value.of("1000"),
                    "config.cleanup.policy", Value.NULL)));

            assertThat(fields.partitions()).contains(6);
            assertThat(fields.replicationFactor()).contains((short) 3);
            assertThat(fields.configs())
                    .containsEntry("retention.ms", Optional.of("1000"))
                    .containsEntry("cleanup.policy", Optional.empty());
            assertThat(fields.records()).isEqualTo(1 + 6 + 2);
        }

        @Test
        void ofAnotherKindAreRefusedByName() {
            for (var wrong : Map.<String, Value>of(
                            "partitions", Value.of(0),
                            "replicationFactor", Value.of(40_000),
                            "config.retention.ms", Value.of(1_000),
                            "config.", Value.of("x"),
                            "owner", Value.of("x"))
                    .entrySet()) {
                assertThatThrownBy(() -> TopicFields.of(Content.of(wrong.getKey(), wrong.getValue())))
                        .isInstanceOfSatisfying(ProblemException.class, refused -> {
                            assertThat(refused.problem().code()).isEqualTo("TGT-FIELD");
                            assertThat(refused.problem().thing()).contains(wrong.getKey());
                        });
            }
        }
    }

    @Nested
    class OfAcls {
        @Test
        void aTupleSurvivesTheWayToKafkaAndBack() {
            var tuple = new AclTuple(
                    "User:a|b%c", "10.0.0.1", "DESCRIBE_CONFIGS", "DENY", "TRANSACTIONAL_ID", "PREFIXED", "x|y");

            assertThat(Acls.tuple(Acls.binding(tuple.address()))).isEqualTo(tuple);
        }

        @Test
        void wordsThatKafkaDoesNotKnowAndWordsForFiltersAreRefused() {
            var good = List.of("User:a", "*", "READ", "ALLOW", "TOPIC", "LITERAL", "t");
            for (int part = 2; part <= 5; part++) {
                for (var word : List.of("SIDEWAYS", "ANY", "UNKNOWN")) {
                    var parts = new ArrayList<>(good);
                    parts.set(part, word);
                    assertThatThrownBy(() -> Acls.binding(String.join("|", parts)))
                            .isInstanceOfSatisfying(
                                    ProblemException.class,
                                    refused ->
                                            assertThat(refused.problem().code()).isEqualTo("ACL-ADDRESS"));
                }
            }
        }

        @Test
        void aTopicIsRetiredOnlyWithBothMarks() {
            var both = AclTuple.retirementOf("both");
            var one = AclTuple.retirementOf("one").subList(0, 1);
            var almost = new AclTuple("User:x", "*", "WRITE", "DENY", "TOPIC", "LITERAL", "one");
            var all = new ArrayList<>(both);
            all.addAll(one);
            all.add(almost);

            assertThat(Acls.retiredTopics(all)).containsExactly("both");
        }
    }

    @Nested
    class OfMarkers {
        @Test
        void theTimeOfMakingIsInTheName() {
            var made = Instant.ofEpochMilli(1_767_225_600_123L);
            var marker = SettleMarker.at(made);

            assertThat(SettleMarker.madeAt(marker.name())).contains(made);
            assertThat(SettleMarker.at(made)).isNotEqualTo(marker);
            assertThat(SettleMarker.isMarker(Acls.tuple(marker.acl()))).isTrue();
            assertThat(SettleMarker.ANY_ACL.matches(marker.acl())).isTrue();
        }

        @Test
        void otherNamesAreNobodysMarker() {
            for (var name : List.of(SettleMarker.PREFIX, SettleMarker.PREFIX + "1_a", "orders.events")) {
                assertThat(SettleMarker.madeAt(name)).isEmpty();
            }
            assertThat(SettleMarker.isMarker(
                            new AclTuple("User:x", "*", "READ", "ALLOW", "TOPIC", "LITERAL", "orders")))
                    .isFalse();
        }
    }

    @Nested
    class OfWhatIsUnsettled {
        private final EntryKey a = new EntryKey("kafka", "topic", "a");
        private final EntryKey b = new EntryKey("kafka", "topic", "b");

        @Test
        void everythingIsUntilTheFirstProof() {
            var unsettled = new Unsettled();

            assertThat(unsettled.any()).isTrue();
            assertThat(unsettled.holdsAnyOf(List.of(a))).isFalse();
            unsettled.settled(unsettled.mark());
            assertThat(unsettled.any()).isFalse();
        }

        @Test
        void aProofCoversWhatWasWrittenBeforeItBegan() {
            var unsettled = new Unsettled();
            unsettled.wrote(List.of(a));
            long mark = unsettled.mark();
            unsettled.wrote(List.of(b));

            unsettled.settled(mark);

            assertThat(unsettled.any()).isTrue();
            assertThat(unsettled.holdsAnyOf(List.of(a))).isFalse();
            assertThat(unsettled.holdsAnyOf(List.of(b))).isTrue();
        }

        @Test
        void tooManyKeysCountAsAll() {
            var unsettled = new Unsettled();
            var many = java.util.stream.IntStream.rangeClosed(0, 100_000)
                    .mapToObj(i -> new EntryKey("kafka", "topic", "t" + i))
                    .toList();
            unsettled.wrote(many);

            assertThat(unsettled.holdsAnyOf(List.of(a))).isTrue();
            unsettled.settled(unsettled.mark());
            assertThat(unsettled.holdsAnyOf(List.of(a))).isFalse();
        }
    }

    @Nested
    class OfFaults {
        @Test
        void whatMayPassIsUnavailable() {
            for (var error : List.of(
                    new TimeoutException("late"),
                    new DisconnectException(),
                    new NotControllerException("moved"),
                    new ThrottlingQuotaExceededException(10, "slowly"))) {
                assertThat(Faults.of("ask", new ExecutionException(error)))
                        .isInstanceOf(TargetException.Unavailable.class);
            }
        }

        @Test
        void whatDoesNotPassIsRefusedWithItsCode() {
            assertThat(code(new SaslAuthenticationException("no"))).isEqualTo("TGT-AUTHENTICATION");
            assertThat(code(new TimeoutException("late", new SaslAuthenticationException("no"))))
                    .isEqualTo("TGT-AUTHENTICATION");
            assertThat(code(new ClusterAuthorizationException("no"))).isEqualTo("TGT-DENIED");
            assertThat(code(new InvalidConfigurationException("no"))).isEqualTo("TGT-REFUSED");
        }

        @Test
        void aSettingIsNeverRepeated() {
            var error = Faults.of("open", new ConfigException("sasl.jaas.config", "password=hunter2", "bad"));

            assertThat(error.problem().code()).isEqualTo("TGT-CONFIG");
            assertThat(error).hasMessageNotContaining("hunter2").hasNoCause();
        }

        private String code(Exception error) {
            var fault = Faults.of("ask", new ExecutionException(error));
            assertThat(fault).isInstanceOf(TargetException.Refused.class);
            return fault.problem().code();
        }
    }

    @Test
    void settingsShowNoSecretAndBoundEveryCall() throws Exception {
        var settings = ClientSettings.of(
                TestCluster.config("127.0.0.1:9092", Optional.empty()),
                Map.of("ssl.key.password", "hunter2", "bootstrap.servers", "elsewhere:1"),
                Duration.ofSeconds(10),
                "read");

        assertThat(settings.toString()).doesNotContain("hunter2");
        assertThat(settings.properties())
                .containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("default.api.timeout.ms", "10000")
                .containsEntry("request.timeout.ms", "5000");
    }
}
