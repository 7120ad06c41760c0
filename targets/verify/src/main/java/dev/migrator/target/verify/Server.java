package dev.migrator.target.verify;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.http.HttpTargetProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server that is tried.
 *
 * @param url its address, without {@code /v1}
 * @param token sent as a bearer token, empty for none
 */
record Server(String url, Optional<String> token) {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration REACH = Duration.ofSeconds(3);

    /** Through the adapter, as the executor opens it. */
    TargetWriter open() throws TargetException {
        return new HttpTargetProvider()
                .openWriter(
                        config(url), token.map(value -> Map.of("token", value)).orElse(Map.of()), CALL_TIMEOUT);
    }

    /** Why nothing can be reached there; empty when that is not the trouble. */
    static Optional<Problem> whyNot(String url) {
        return new HttpTargetProvider()
                .unreachable(config(url), Map.of(), REACH).stream().findFirst();
    }

    private static TargetConfig config(String url) {
        var none = Optional.<String>empty();
        return new TargetConfig(ServedKind.TARGET, "http", url, none, none, none, none);
    }

    /** Past the adapter. */
    Client client() {
        return new Client(url, token.map(value -> "Bearer " + value));
    }

    /** What it says about itself. Call {@link #open} first, which says better what is wrong with an address. */
    Value.Obj description() throws IOException {
        try (var client = client()) {
            return client.get("").object();
        }
    }

    /** @param type the only one to try, empty for all */
    static List<Subject> subjects(Value.Obj description, Optional<String> type) {
        var all = Client.objects(description, "types");
        var chosen = all.stream()
                .filter(one -> type.isEmpty() || type.get().equals(Subject.text(one, "type")))
                .map(one -> Subject.of(description, one))
                .toList();
        if (chosen.isEmpty()) {
            throw new ProblemException(Problem.of("TGT-KIND", "the system has no such type of entry")
                    .expected("one of "
                            + String.join(
                                    ", ",
                                    all.stream()
                                            .map(one -> Subject.text(one, "type"))
                                            .toList()))
                    .found(type.orElse("")));
        }
        return chosen;
    }
}
