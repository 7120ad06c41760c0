package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.KindHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** Users of a real cluster for the contract suite, changed behind the writer's back by {@code outsider}. */
record ScramUserKind(Admin outsider) implements KindHarness {
    private static final String SHA_256 = KafkaUserKind.ITERATIONS + "SCRAM-SHA-256";
    private static final String SHA_512 = KafkaUserKind.ITERATIONS + "SCRAM-SHA-512";
    static final String PASSWORD = "p \"ä=,§";

    @Override
    public String kind() {
        return Kinds.USER;
    }

    static EntryKey key(String name) {
        return new EntryKey(TestCluster.TARGET, Kinds.USER, name);
    }

    @Override
    public Operation.Create create(String name) {
        return withPassword(name, PASSWORD);
    }

    private static Operation.Create withPassword(String name, String password) {
        return new Operation.Create(
                key(name), Content.of(Map.of(SHA_256, Value.of(4_096), KafkaUserKind.PASSWORD, Value.of(password))));
    }

    @Override
    public Optional<Operation.Create> withSecret(String name, String secret) {
        return Optional.of(withPassword(name, secret));
    }

    @Override
    public boolean accepts(EntryKey key, String secret) throws Exception {
        return logsIn("SCRAM-SHA-256", key.address(), secret);
    }

    /** Whether the cluster lets that user in; any other answer than a refused login fails. */
    static boolean logsIn(String mechanism, String user, String password) throws TargetException {
        var credential = Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password));
        try {
            new KafkaProvider()
                    .openReader(TestCluster.config(), credential, TestCluster.CALL_TIMEOUT)
                    .close();
            return true;
        } catch (TargetException e) {
            if (e.problem().code().equals(Faults.AUTHENTICATION)
                    && !e.toString().contains(password)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<Operation.Update> update(Operation.Create create) {
        return Optional.of(new Operation.Update(
                create.key(),
                create.after(),
                Content.of(Map.of(
                        SHA_256,
                        Value.of(5_000),
                        KafkaUserKind.PASSWORD,
                        create.after().get(KafkaUserKind.PASSWORD)))));
    }

    @Override
    public Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.of(new Operation.Create(
                create.key(),
                Content.of(Map.of(SHA_256, Value.of(8_192), KafkaUserKind.PASSWORD, Value.of(PASSWORD)))));
    }

    @Override
    public Optional<Operation.Create> refused(String name) {
        return Optional.of(new Operation.Create(
                key(name), Content.of(Map.of(SHA_256, Value.of(100), KafkaUserKind.PASSWORD, Value.of(PASSWORD)))));
    }

    @Override
    public Optional<UnmanagedField> unmanagedField() {
        return Optional.of(new UnmanagedField(SHA_512, Value.of(4_100)));
    }

    @Override
    public List<String> nastyNames(String unique) {
        return List.of(unique + "/ä ß|%2F", unique + "\u65e5\u672c", unique + "'\"`${x},=");
    }

    @Override
    public int veryMany() {
        return 300;
    }

    @Override
    public String whyFewer() {
        return "each password is salted some thousand times before it is sent, which is meant to be slow";
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
        var alterations = new ArrayList<UserScramCredentialAlteration>();
        fields.readable().fields().forEach((field, value) -> {
            var mechanism = ScramMechanism.fromMechanismName(field.substring(KafkaUserKind.ITERATIONS.length()));
            alterations.add(
                    value instanceof Value.Num(var iterations)
                            ? new UserScramCredentialUpsertion(
                                    key.address(),
                                    new ScramCredentialInfo(mechanism, iterations.intValueExact()),
                                    "another")
                            : new UserScramCredentialDeletion(key.address(), mechanism));
        });
        // one by one: a request may name each user once
        for (var alteration : alterations) {
            outsider.alterUserScramCredentials(List.of(alteration)).all().get();
        }
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) throws Exception {
        var there = outsider.describeUserScramCredentials(List.of(key.address()))
                .description(key.address())
                .get();
        for (var how : there.credentialInfos()) {
            outsider.alterUserScramCredentials(List.of(new UserScramCredentialDeletion(key.address(), how.mechanism())))
                    .all()
                    .get();
        }
        return true;
    }
}
