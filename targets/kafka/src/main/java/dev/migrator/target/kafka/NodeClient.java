package dev.migrator.target.kafka;

import java.io.IOException;
import java.time.Duration;
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
    private final Duration patience;

    /** @param patience longest wait for one answer, and for one connection before it */
    NodeClient(ClientSettings settings, Duration patience) {
        this.patience = patience;
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
                (int) millis(),
                new ManualMetadataUpdater(),
                new DefaultHostResolver());
    }

    /**
     * The answer of that broker.
     *
     * @throws IOException if the broker cannot be reached or hangs up; asking again may help
     * @throws org.apache.kafka.common.KafkaException if it does not accept the credential or does not know the request
     */
    <R extends AbstractResponse> R ask(Node node, AbstractRequest.Builder<?> request, Class<R> answer)
            throws IOException {
        if (!NetworkClientUtils.awaitReady(client, node, time, millis())) {
            throw new IOException(
                    "no connection to broker " + node.idString() + " within " + patience.toMillis() + " ms");
        }
        var sent = client.newClientRequest(node.idString(), request, time.milliseconds(), true, (int) millis(), null);
        return answer.cast(NetworkClientUtils.sendAndReceive(client, sent, time).responseBody());
    }

    private long millis() {
        return Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        client.close();
        metrics.close();
    }
}
