package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.QuotaEntity;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** Client quotas of a real cluster for the contract suite, changed behind the writer's back by {@code outsider}. */
record ClientQuotas(Admin outsider) implements KindHarness {
    static final String PRODUCER = "producerByteRate";
    private static final String CONSUMER = "consumerByteRate";
    private static final String REQUESTS = "requestPercentage";

    @Override
    public String kind() {
        return Kinds.QUOTA;
    }

    @Override
    public List<String> nastyNames(String unique) {
        return List.of(unique + "/ä ß|%2F", unique + "\u65e5\u672c", unique + "'\"`${x}", unique + "=default");
    }

    static EntryKey key(QuotaEntity entity) {
        return new EntryKey(TestCluster.TARGET, Kinds.QUOTA, entity.address());
    }

    static QuotaEntity user(String name) {
        return new QuotaEntity(Optional.of(QuotaEntity.Name.of(name)), Optional.empty(), Optional.empty());
    }

    @Override
    public Operation.Create create(String name) {
        return create(name, 1_048_576);
    }

    private static Operation.Create create(String name, long rate) {
        return new Operation.Create(
                key(user(name)),
                Content.of(Map.of(
                        PRODUCER,
                        Value.of(rate),
                        REQUESTS,
                        new Value.Num(new BigDecimal("12.345")),
                        CONSUMER,
                        Value.NULL)));
    }

    @Override
    public Optional<Operation.Update> update(Operation.Create create) {
        return Optional.of(new Operation.Update(
                create.key(),
                Content.of(Map.of(PRODUCER, Value.of(1_048_576), CONSUMER, Value.NULL)),
                Content.of(Map.of(PRODUCER, Value.NULL, CONSUMER, Value.of(1L << 53)))));
    }

    @Override
    public Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.of(new Operation.Create(create.key(), Content.of(PRODUCER, Value.of(42))));
    }

    @Override
    public Optional<Operation.Create> refused(String name) {
        // new connections are counted before anybody knows whose they are
        return Optional.of(new Operation.Create(key(user(name)), Content.of("connectionCreationRate", Value.of(10))));
    }

    @Override
    public Optional<UnmanagedField> unmanagedField() {
        return Optional.of(new UnmanagedField("controllerMutationRate", Value.of(7)));
    }

    @Override
    public boolean hasIncarnations() {
        return false;
    }

    @Override
    public boolean removes() {
        return true;
    }

    @Override
    public boolean retires() {
        return false;
    }

    @Override
    public void outsiderSets(EntryKey key, Content fields) throws Exception {
        var ops = new ArrayList<ClientQuotaAlteration.Op>();
        fields.fields()
                .forEach((field, value) ->
                        ops.add(new ClientQuotaAlteration.Op(Quotas.kafkaName(field), Quotas.limit(field, value))));
        alter(key, ops);
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) throws Exception {
        var entity = Quotas.entity(QuotaEntity.parse(key.address()));
        var limits = outsider.describeClientQuotas(ClientQuotaFilter.all())
                .entities()
                .get()
                .get(entity);
        alter(
                key,
                limits.keySet().stream()
                        .map(name -> new ClientQuotaAlteration.Op(name, null))
                        .toList());
        return true;
    }

    private void alter(EntryKey key, List<ClientQuotaAlteration.Op> ops) throws Exception {
        var entity = Quotas.entity(QuotaEntity.parse(key.address()));
        outsider.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, ops)))
                .all()
                .get();
    }
}
