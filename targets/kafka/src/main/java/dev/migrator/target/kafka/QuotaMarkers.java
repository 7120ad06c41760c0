package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;
import org.apache.kafka.common.requests.DescribeClientQuotasResponse;

/** Markers for clusters without an authorizer, which hold no ACLs: the quota of a user that nobody is. */
record QuotaMarkers(KafkaConnection connection) implements Markers {
    private static final String QUOTA = "consumer_byte_rate";
    private static final double HARMLESS = 1e12;

    @Override
    public void write(SettleMarker marker) throws TargetException {
        alter("write a settle marker", Set.of(marker.name()), HARMLESS);
    }

    @Override
    public boolean isShown(SettleMarker marker, NodeClient client, Node node) throws IOException {
        var filter = ClientQuotaFilter.contains(
                List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.USER, marker.name())));
        var response =
                client.ask(node, new DescribeClientQuotasRequest.Builder(filter), DescribeClientQuotasResponse.class);
        var answer = new KafkaFutureImpl<Map<ClientQuotaEntity, Map<String, Double>>>();
        response.complete(answer);
        try {
            return !answer.get().isEmpty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public Set<String> names() throws TargetException {
        var anyUser =
                ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER)));
        return connection
                .await(
                        "look for settle markers",
                        connection.admin().describeClientQuotas(anyUser).entities())
                .keySet()
                .stream()
                .map(entity -> entity.entries().getOrDefault(ClientQuotaEntity.USER, ""))
                .filter(name -> name != null && SettleMarker.madeAt(name).isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public void remove(Collection<String> names) throws TargetException {
        alter("remove settle markers", names, null);
    }

    private void alter(String doing, Collection<String> names, Double value) throws TargetException {
        var alterations = names.stream()
                .map(name -> new ClientQuotaAlteration(
                        new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, name)),
                        List.of(new ClientQuotaAlteration.Op(QUOTA, value))))
                .toList();
        connection.await(
                doing, connection.admin().alterClientQuotas(alterations).all());
    }
}
