package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.QuotaEntity;
import dev.migrator.core.model.Content;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** Client quotas and Kafka's own form of them. */
final class Quotas {
    private static final Map<String, String> KAFKA_NAMES = Map.of(
            "producerByteRate", "producer_byte_rate",
            "consumerByteRate", "consumer_byte_rate",
            "requestPercentage", "request_percentage",
            "controllerMutationRate", "controller_mutation_rate",
            "connectionCreationRate", "connection_creation_rate");

    private static final Set<String> TYPES =
            Set.of(ClientQuotaEntity.USER, ClientQuotaEntity.CLIENT_ID, ClientQuotaEntity.IP);

    private Quotas() {}

    /** Empty for one of a type that is not known here. */
    static Optional<QuotaEntity> entity(ClientQuotaEntity entity) {
        var parts = entity.entries();
        return parts.isEmpty() || !TYPES.containsAll(parts.keySet())
                ? Optional.empty()
                : Optional.of(new QuotaEntity(
                        name(parts, ClientQuotaEntity.USER),
                        name(parts, ClientQuotaEntity.CLIENT_ID),
                        name(parts, ClientQuotaEntity.IP)));
    }

    private static Optional<QuotaEntity.Name> name(Map<String, String> parts, String type) {
        if (!parts.containsKey(type)) {
            return Optional.empty();
        }
        var name = parts.get(type);
        return Optional.of(name == null ? new QuotaEntity.Name.Default() : QuotaEntity.Name.of(name));
    }

    static ClientQuotaEntity entity(QuotaEntity entity) {
        var parts = new HashMap<String, String>();
        put(parts, ClientQuotaEntity.USER, entity.user());
        put(parts, ClientQuotaEntity.CLIENT_ID, entity.clientId());
        put(parts, ClientQuotaEntity.IP, entity.ip());
        return new ClientQuotaEntity(parts);
    }

    private static void put(Map<String, String> parts, String type, Optional<QuotaEntity.Name> name) {
        name.ifPresent(one -> parts.put(type, one instanceof QuotaEntity.Name.Of(var text) ? text : null));
    }

    /** Every limit that is set; one that is not known here keeps Kafka's name. */
    static Content content(Map<String, Double> limits) {
        var fields = new TreeMap<String, Value>();
        limits.forEach((name, limit) -> fields.put(field(name), new Value.Num(BigDecimal.valueOf(limit))));
        return new Content(fields);
    }

    private static String field(String kafkaName) {
        return KAFKA_NAMES.entrySet().stream()
                .filter(known -> known.getValue().equals(kafkaName))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(kafkaName);
    }

    static String kafkaName(String field) {
        return KAFKA_NAMES.getOrDefault(field, field);
    }

    /** Null for a limit that is not to be set. @throws ProblemException {@code TGT-FIELD} for what is no number */
    static Double limit(String field, Value value) {
        return switch (value) {
            case Value.Num(var number) -> number.doubleValue();
            case Value.Nil _ -> null;
            default ->
                throw new ProblemException(Problem.of("TGT-FIELD", "a quota cannot have this field value")
                        .about("field " + field)
                        .expected("a number, or null for no limit")
                        .found(value.toString()));
        };
    }
}
