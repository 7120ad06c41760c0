package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plugs a real cluster into the contract suite. */
final class KafkaHarness implements TargetHarness {
    private final TargetWriter writer;
    private final Admin outsider = TestCluster.independentAdmin();

    KafkaHarness() throws TargetException {
        this.writer = openWriter();
    }

    @Override
    public TargetWriter openWriter() throws TargetException {
        return new KafkaProvider().openWriter(TestCluster.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT);
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(
                new Topics(outsider),
                new ClientQuotas(outsider),
                new ScramUserKind(outsider),
                new AccessRules(outsider));
    }

    /** Fewer than by default: {@link KafkaRollbackTest} has the thousand. */
    @Override
    public int many() {
        return 200;
    }

    @Override
    public void close() {
        writer.close();
        outsider.close();
    }

    static EntryKey topic(String name) {
        return new EntryKey(TestCluster.TARGET, Kinds.TOPIC, name);
    }

    static EntryKey acl(AclTuple tuple) {
        return new EntryKey(TestCluster.TARGET, Kinds.ACL, tuple.address());
    }

    private record Topics(Admin outsider) implements KindHarness {
        @Override
        public String kind() {
            return Kinds.TOPIC;
        }

        @Override
        public int veryMany() {
            return 300;
        }

        @Override
        public String whyFewer() {
            return "each topic is a folder and two mapped files of the one small broker that all tests share";
        }

        @Override
        public Operation.Create create(String name) {
            return create(name, "3600000");
        }

        private static Operation.Create create(String name, String retention) {
            return new Operation.Create(
                    topic(name),
                    Content.of(Map.of(
                            "partitions", Value.of(1),
                            "replicationFactor", Value.of(1),
                            "config.retention.ms", Value.of(retention),
                            "config.segment.bytes", Value.NULL)));
        }

        @Override
        public Optional<Operation.Update> update(Operation.Create create) {
            return Optional.of(new Operation.Update(
                    create.key(),
                    Content.of(Map.of("config.retention.ms", Value.of("3600000"), "config.segment.bytes", Value.NULL)),
                    Content.of(
                            Map.of("config.retention.ms", Value.NULL, "config.segment.bytes", Value.of("10485760")))));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return Optional.of(create(create.key().address(), "7200000"));
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(create(name, "for ever"));
        }

        @Override
        public Optional<UnmanagedField> unmanagedField() {
            return Optional.of(new UnmanagedField("config.max.message.bytes", Value.of("2097152")));
        }

        @Override
        public boolean hasIncarnations() {
            return true;
        }

        @Override
        public boolean removes() {
            return true;
        }

        @Override
        public boolean retires() {
            return true;
        }

        @Override
        public boolean canHoldData() {
            return true;
        }

        @Override
        public void putData(EntryKey key) throws Exception {
            try (var producer = new KafkaProducer<byte[], byte[]>(
                    Map.copyOf(TestCluster.admin()), new ByteArraySerializer(), new ByteArraySerializer())) {
                var _ = producer.send(new ProducerRecord<>(key.address(), new byte[] {42}))
                        .get();
            }
        }

        @Override
        public boolean dataIsThere(EntryKey key) throws Exception {
            var partition = new TopicPartition(key.address(), 0);
            return outsider.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset()
                    == 1;
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) throws Exception {
            var changes = new ArrayList<AlterConfigOp>();
            fields.fields().forEach((field, value) -> {
                String name = field.substring(TopicFields.CONFIG.length());
                changes.add(
                        value instanceof Value.Text(var text)
                                ? new AlterConfigOp(new ConfigEntry(name, text), AlterConfigOp.OpType.SET)
                                : new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE));
            });
            outsider.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, key.address()), changes))
                    .all()
                    .get();
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) throws Exception {
            outsider.deleteTopics(List.of(key.address())).all().get();
            return true;
        }
    }

    private record AccessRules(Admin outsider) implements KindHarness {
        @Override
        public String kind() {
            return Kinds.ACL;
        }

        @Override
        public int veryMany() {
            return 2_000;
        }

        @Override
        public String whyFewer() {
            return "a controller compares each rule to be deleted with all rules that it holds";
        }

        @Override
        public Operation.Create create(String name) {
            var tuple = new AclTuple("User:50% | x", "*", "READ", "ALLOW", "TOPIC", "LITERAL", name);
            return new Operation.Create(acl(tuple), Content.EMPTY);
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            // there is one cluster resource, and it has a fixed name
            var tuple = new AclTuple("User:x", "*", "ALTER", "ALLOW", "CLUSTER", "LITERAL", name);
            return Optional.of(new Operation.Create(acl(tuple), Content.EMPTY));
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
        public void outsiderSets(EntryKey key, Content fields) {
            throw new UnsupportedOperationException("an ACL has no fields");
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) throws Exception {
            var filter = Acls.binding(key.address()).toFilter();
            return !outsider.deleteAcls(List.of(filter)).all().get().isEmpty();
        }
    }
}
