package dev.migrator.target.kafka;

import dev.migrator.core.kinds.QuotaEntity;
import dev.migrator.core.model.Content;
import dev.migrator.target.TargetException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** Reads client quotas: all in one request, as Kafka cannot be asked for several by name. */
final class QuotaReads {
    private final KafkaConnection connection;

    QuotaReads(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Limits by address, without those of the migrator itself. */
    SortedMap<String, Content> all() throws TargetException {
        var found = new TreeMap<String, Content>();
        connection
                .await(
                        "describe client quotas",
                        connection
                                .admin()
                                .describeClientQuotas(ClientQuotaFilter.all())
                                .entities())
                .forEach((entity, limits) -> Quotas.entity(entity)
                        .filter(one -> !one.isReserved() && !limits.isEmpty())
                        .map(QuotaEntity::address)
                        .ifPresent(address -> found.put(address, Quotas.content(limits))));
        return found;
    }
}
