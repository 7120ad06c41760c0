package dev.migrator.localstack;

import dev.migrator.localstack.server.Ports;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the servers are, for services that go to them directly or by detours. */
final class Ways {
    private final StackSettings settings;
    private final Map<String, Integer> detours;

    private Ways(StackSettings settings, List<Detour> detours) {
        this.settings = settings;
        this.detours = detours.stream().collect(Collectors.toMap(Detour::server, Detour::port));
    }

    static Ways direct(StackSettings settings) {
        return new Ways(settings, List.of());
    }

    static Ways by(StackSettings settings, List<Detour> detours) {
        return new Ways(settings, detours);
    }

    String bootstrap(String cluster) {
        Integer port = detours.get("kafka-" + cluster);
        return port == null ? settings.kafka(cluster).bootstrap() : Ports.HOST + ":" + port;
    }

    String registry(String cluster) {
        return to("registry-" + cluster, settings.registry(cluster).url());
    }

    String s3() {
        return to(Parts.S3, settings.s3().endpoint());
    }

    private String to(String server, String direct) {
        Integer port = detours.get(server);
        if (port == null) {
            return direct;
        }
        URI url = URI.create(direct);
        return url.getScheme() + "://" + Ports.HOST + ":" + port + url.getPath();
    }
}
