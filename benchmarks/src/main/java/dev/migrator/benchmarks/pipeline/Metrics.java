package dev.migrator.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a service says about itself on its metrics page. */
final class Metrics {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z0-9_]+(?:\\{[^}]*\\})?) ([0-9.eE+-]+|NaN)");

    private final HttpClient http = HttpClient.newHttpClient();

    /** Values by name and labels, as they are written there. */
    Map<String, Double> of(String service) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(service + "/q/metrics"))
                            .header("Accept", "text/plain")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return parse(answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Map<String, Double> parse(String page) {
        var values = new TreeMap<String, Double>();
        page.lines().forEach(line -> {
            var found = LINE.matcher(line);
            if (found.matches()) {
                values.put(found.group(1), Double.valueOf(found.group(2)));
            }
        });
        return values;
    }

    /** Sum of all values of that name whose labels contain that text. */
    static double sum(Map<String, Double> values, String name, String label) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().startsWith(name + "{"))
                .filter(entry -> entry.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
