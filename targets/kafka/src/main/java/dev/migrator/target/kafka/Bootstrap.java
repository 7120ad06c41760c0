package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.target.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at the bootstrap addresses from outside when the client library only says that there was no answer. */
final class Bootstrap {
    private static final int MOST_ADDRESSES = 5;

    private Bootstrap() {}

    /** @param address {@code host:port,host:port}; the first {@value #MOST_ADDRESSES} are looked at */
    static List<Problem> problems(String address, Map<String, String> credentials, Duration atMost) {
        boolean tls = credentials
                .getOrDefault("security.protocol", "PLAINTEXT")
                .toUpperCase(Locale.ROOT)
                .endsWith("SSL");
        var reach = new Reach(atMost);
        var problems = new ArrayList<Problem>();
        for (String server :
                List.of(address.split(",")).stream().limit(MOST_ADDRESSES).toList()) {
            int colon = server.lastIndexOf(':');
            try {
                reach.problem(
                                server.substring(0, colon).strip(),
                                Integer.parseInt(server.substring(colon + 1).strip()),
                                tls)
                        .ifPresent(problems::add);
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                problems.add(Problem.of("TGT-ADDRESS", "the address is none of a broker")
                        .about(server)
                        .expected("host:port, port 1 to 65535"));
            }
        }
        return problems;
    }
}
