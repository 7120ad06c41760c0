package dev.migrator.target.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Asks one broker and no other. The admin client sends a read to whichever broker is least busy, which proves nothing
 * about the rest; so this uses the client library's own network layer, which is public in Java but not a stable API: a
 * newer library may need changes here and nowhere else. Used by one thread at a time.
 */
final class NodeClient implements AutoCloseable {
    private static final int IN_FLIGHT = 1;

    private final Time time = Time.SYSTEM;
    private final Metrics metrics = new Metrics();
    private final NetworkClient client;
    private final Set<String> connected = new HashSet<>();
    private final Duration requestTimeout;

    NodeClient(ClientSettings settings) {
        this.requestTimeout = settings.requestTimeout();
        var config = new AdminClientConfig(settings.properties());
        String clientId = config.getString(AdminClientConfig.CLIENT_ID_CONFIG) + "-settle";
        this.client = ClientUtils.createNetworkClient(
                config,
                clientId,
                metrics,
                "migrator-settle",
                new LogContext("[" + clientId + "] "),
                new ApiVersions(),
                time,
                IN_FLIGHT,
                Math.clamp(requestTimeout.toMillis(), 1, Integer.MAX_VALUE),
                new ManualMetadataUpdater(),
                new DefaultHostResolver());
    }

    /**
     * @throws IOException if the broker cannot be reached or hangs up; asking again may help
     * @throws org.apache.kafka.common.KafkaException if it does not accept the credential or does not know the request
     */
    <R extends AbstractResponse> R ask(Node node, AbstractRequest.Builder<?> request, Class<R> answer, Duration atMost)
            throws IOException {
        long patience = Math.clamp(atMost.toMillis(), 1, requestTimeout.toMillis());
        if (!NetworkClientUtils.awaitReady(client, node, time, patience)) {
            throw new IOException("no connection to broker " + node.idString() + " within " + patience + " ms");
        }
        connected.add(node.idString());
        var sent = client.newClientRequest(node.idString(), request, time.milliseconds(), true, (int) patience, null);
        return answer.cast(NetworkClientUtils.sendAndReceive(client, sent, time).responseBody());
    }

    @Override
    public void close() {
        connected.forEach(client::close);
        client.close();
        metrics.close();
    }
}
