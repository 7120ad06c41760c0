package dev.migrator.target.connect;

import dev.migrator.target.httpclient.HttpConnection;
import dev.migrator.target.httpclient.HttpFaults;

/** What Kafka Connect is called in messages. */
final class Connection {
    static final HttpConnection OF_TARGETS =
            new HttpConnection("Kafka Connect", "http:// or https://, host, and the port of a worker's REST interface");
    static final HttpFaults FAULTS = new HttpFaults("Kafka Connect", reply -> new Answer(reply).words());

    private Connection() {}
}
