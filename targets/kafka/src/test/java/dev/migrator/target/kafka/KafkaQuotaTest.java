package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.QuotaEntity;
import dev.migrator.core.kinds.QuotaEntity.Name;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is particular about client quotas: whom they hold for, and that a quota without limits is none. */
class KafkaQuotaTest {
    private static TargetWriter writer;
    private static Admin outsider;
    private static ClientQuotas quotas;

    private final String unique = "q-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void open() throws Exception {
        writer = new KafkaProvider().openWriter(TestCluster.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT);
        outsider = TestCluster.independentAdmin();
        quotas = new ClientQuotas(outsider);
    }

    @AfterAll
    static void close() {
        writer.close();
        outsider.close();
    }

    @Test
    void everyLegalCombinationIsWrittenReadAndRemoved() throws Exception {
        var creates = new ArrayList<Operation.Create>();
        for (var user :
                List.of(Optional.<Name>empty(), named(unique + "|ü/%"), named("default-" + unique), byDefault())) {
            for (var id : List.of(Optional.<Name>empty(), named(unique + " id"), byDefault())) {
                if (user.isPresent() || id.isPresent()) {
                    creates.add(create(new QuotaEntity(user, id, Optional.empty()), "producerByteRate", "1024"));
                }
            }
        }
        for (var ip : List.of(named("10.1.2.3"), named("2001:db8::17"), byDefault())) {
            creates.add(create(
                    new QuotaEntity(Optional.empty(), Optional.empty(), ip), "connectionCreationRate", "100000"));
        }
        assertThat(creates).hasSize(14);

        assertThat(apply(creates)).allMatch(Outcome.Applied.class::isInstance);
        for (var create : creates) {
            assertThat(read(create.key())).isEqualTo(new EntryState.Present(create.after(), ""));
        }
        try (var listed = writer.list(Kinds.QUOTA)) {
            assertThat(listed.toList())
                    .containsAll(creates.stream().map(Operation.Create::key).toList());
        }
        assertThat(apply(creates.stream().map(Operation::inverse).toList()))
                .allMatch(Outcome.Applied.class::isInstance);
        for (var create : creates) {
            assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
        }
    }

    @Test
    void undoingACreateKeepsTheLimitsThatOthersHaveSetSince() throws Exception {
        var create = quotas.create(unique);
        assertThat(apply(List.of(create))).allMatch(Outcome.Applied.class::isInstance);
        var others = Content.of("controllerMutationRate", Value.of(7));
        quotas.outsiderSets(create.key(), others);

        for (int time = 0; time < 2; time++) {
            assertThat(apply(List.of(create.inverse())))
                    .as("also when it is repeated")
                    .singleElement()
                    .isInstanceOf(Outcome.Retained.class);
            assertThat(read(create.key())).isEqualTo(new EntryState.Present(others, ""));
        }
    }

    @Test
    void aQuotaWithLimitsThatThePlanDidNotSeeIsNotDeleted() throws Exception {
        var create = quotas.create(unique);
        assertThat(apply(List.of(create))).allMatch(Outcome.Applied.class::isInstance);
        var seen = ((EntryState.Present) read(create.key())).content();
        quotas.outsiderSets(create.key(), Content.of("controllerMutationRate", Value.of(7)));
        var now = read(create.key());

        assertThat(apply(List.of(new Operation.Delete(create.key(), seen, Removal.RETIRE))))
                .containsExactly(new Outcome.Conflict(create.key(), now));
        assertThat(read(create.key())).isEqualTo(now);
    }

    @Test
    void whatSettlesTheClusterIsNeitherListedNorManaged() throws Exception {
        var reserved = ClientQuotas.user(QuotaEntity.RESERVED + "1767225600000_" + unique);
        var create = create(reserved, "producerByteRate", "1024");
        quotas.outsiderSets(create.key(), create.after());

        assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
        try (var listed = writer.list(Kinds.QUOTA)) {
            assertThat(listed.map(EntryKey::address)).doesNotContain(reserved.address());
        }
        assertThat(apply(List.of(create)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("QUO-RESERVED"));
        quotas.outsiderRemoves(create.key());
    }

    @Test
    void limitsThatAreNotKnownHereAreShownUnderKafkasName() {
        assertThat(Quotas.content(Map.of("of_tomorrow", 1.5, "producer_byte_rate", 1e12)))
                .isEqualTo(Content.of(Map.of(
                        "of_tomorrow",
                        new Value.Num(new BigDecimal("1.5")),
                        "producerByteRate",
                        Value.of(1_000_000_000_000L))));
        assertThat(Quotas.kafkaName("of_tomorrow")).isEqualTo("of_tomorrow");
    }

    @Test
    void aCredentialThatMayNotAlterConfigsIsToldSo() throws Exception {
        try (var limited = new KafkaProvider()
                .openReader(TestCluster.config(), TestCluster.user(TestCluster.STRANGER), TestCluster.CALL_TIMEOUT)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> limited.list(Kinds.QUOTA))
                    .hasMessageContaining(Faults.DENIED);
        }
        assertThat(outsider.describeClientQuotas(ClientQuotaFilter.all())
                        .entities()
                        .get())
                .isNotNull();
    }

    private static Optional<Name> named(String name) {
        return Optional.of(Name.of(name));
    }

    private static Optional<Name> byDefault() {
        return Optional.of(new Name.Default());
    }

    private static Operation.Create create(QuotaEntity entity, String limit, String value) {
        return new Operation.Create(ClientQuotas.key(entity), Content.of(limit, new Value.Num(new BigDecimal(value))));
    }

    private static List<Outcome> apply(List<? extends Operation> operations) throws Exception {
        writer.settle(TestCluster.CALL_TIMEOUT, WriteGuard.ALWAYS);
        return writer.apply(List.copyOf(operations), WriteGuard.ALWAYS);
    }

    private static EntryState read(EntryKey key) throws Exception {
        writer.settle(TestCluster.CALL_TIMEOUT, WriteGuard.ALWAYS);
        return writer.readAll(Set.of(key)).get(key);
    }
}
