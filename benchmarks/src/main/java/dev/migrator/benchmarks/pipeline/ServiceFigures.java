package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.canonical.Value;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.PartState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one service needs.
 *
 * @param residentMib memory of the process that is in use now, by the operating system's account; -1 where it keeps none
 * @param mostResidentMib the most it ever was
 * @param heapMib in use on the heap
 * @param startMillis from starting the process until it says that it is ready; -1 if that was not measured
 */
record ServiceFigures(String service, long residentMib, long mostResidentMib, long heapMib, long startMillis) {
    private static final double MIB = 1 << 20;

    private static List<String> services(LocalStack stack) {
        return stack.parts().stream().filter(part -> part.endsWith("-service")).toList();
    }

    /** Of all services, as they are after what they have just done. */
    static List<ServiceFigures> now(LocalStack stack) {
        var metrics = new Metrics();
        var figures = new ArrayList<ServiceFigures>();
        for (var service : services(stack)) {
            var kept = stack.status().get(service) instanceof PartState.Running(long pid)
                    ? memory(pid)
                    : Map.<String, Long>of();
            var heap = Metrics.sum(metrics.of(stack.serviceUrl(service)), "jvm_memory_used_bytes", "area=\"heap\"");
            figures.add(new ServiceFigures(
                    service,
                    kept.getOrDefault("VmRSS", -1L),
                    kept.getOrDefault("VmHWM", -1L),
                    Math.round(heap / MIB),
                    -1));
        }
        return figures;
    }

    /** The same with the time that each takes to start again, one after the other. */
    static List<ServiceFigures> restarted(LocalStack stack, List<ServiceFigures> before) {
        return before.stream()
                .map(figures -> {
                    stack.stop(figures.service());
                    long begun = System.nanoTime();
                    stack.start(figures.service());
                    return figures.startedIn((System.nanoTime() - begun) / 1_000_000);
                })
                .toList();
    }

    private ServiceFigures startedIn(long millis) {
        return new ServiceFigures(service, residentMib, mostResidentMib, heapMib, millis);
    }

    /** In MiB, by the names that Linux gives them. */
    private static Map<String, Long> memory(long pid) {
        var file = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.isReadable(file)) {
            return Map.of();
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("VmRSS:") || line.startsWith("VmHWM:"))
                    .map(line -> line.split("\\s+"))
                    .collect(java.util.stream.Collectors.toMap(
                            words -> words[0].replace(":", ""), words -> Long.parseLong(words[1]) / 1024));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Value toValue() {
        return Value.object(
                "service", Value.of(service),
                "residentMib", Value.of(residentMib),
                "mostResidentMib", Value.of(mostResidentMib),
                "heapMib", Value.of(heapMib),
                "startMillis", Value.of(startMillis));
    }
}
