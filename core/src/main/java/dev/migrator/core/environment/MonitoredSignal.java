package dev.migrator.core.environment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an environment declares to be watched: one metric of one source.
 *
 * @param attributes that a sample has to carry, others may come with them; none for every series of the metric
 * @param every longest silence that counts as connected, {@link #SHORTEST} to {@link #LONGEST}
 * @param min least value that is well, in the unit of the sample; empty where every low one is
 * @param max largest value that is well, in the unit of the sample; empty where every high one is
 */
public record MonitoredSignal(
        String source,
        String metric,
        SortedMap<String, String> attributes,
        Grace every,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max) {
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofHours(1);

    /** What {@code every} looks like, as in {@code environments.schema.json}: 1s to 3600s, 1m to 60m, 1h. */
    public static final String FORM = "([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|3600)s|([1-9]|[1-5][0-9]|60)m|1h";

    public MonitoredSignal {
        Objects.requireNonNull(source);
        Objects.requireNonNull(metric);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        var silence = every.duration();
        if (silence.compareTo(SHORTEST) < 0 || silence.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a signal is heard every 1s to 1h, found " + every);
        }
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            throw new IllegalArgumentException("min " + min.get() + " is more than max " + max.get());
        }
    }

    /** Whether a sample of that series belongs to it. */
    public boolean covers(String ofSource, String ofMetric, Map<String, String> series) {
        return source.equals(ofSource)
                && metric.equals(ofMetric)
                && series.entrySet().containsAll(attributes.entrySet());
    }

    /** What is well, in words; empty if being heard is enough. */
    public String bounds() {
        var low = min.map(value -> "at least " + value.toPlainString());
        var high = max.map(value -> "at most " + value.toPlainString());
        return low.isPresent() && high.isPresent()
                ? low.get() + " and " + high.get()
                : low.or(() -> high).orElse("");
    }

    /** How people tell it from others, e.g. {@code checkout-service http.server.request.duration{route=/pay}}. */
    public String name() {
        return source + " " + metric
                + (attributes.isEmpty()
                        ? ""
                        : attributes.entrySet().stream()
                                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                                .collect(Collectors.joining(",", "{", "}")));
    }
}
