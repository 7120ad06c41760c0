package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that one run measured, as tables in Markdown and as JSON. */
record Report(List<Row> rows, Optional<OneOperation> oneOperation, List<ServiceFigures> services) {
    Report {
        rows = List.copyOf(rows);
        services = List.copyOf(services);
    }

    String text() {
        var text = new StringBuilder();
        pipeline(text);
        oneOperation.ifPresent(one -> oneOperation(text, one));
        services(text);
        return text.toString();
    }

    private void pipeline(StringBuilder text) {
        if (rows.isEmpty()) {
            return;
        }
        text.append(
                "| topics + ACLs | step | s | of it waiting for convergence | floor s | × floor | floor shown s | × floor,"
                        + " both shown |\n|---|---|---|---|---|---|---|---|\n");
        for (var row : rows) {
            text.append("| %,d + %,d | %s | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            row.pairs(),
                            row.pairs(),
                            row.step(),
                            seconds(row.product().millis()),
                            seconds(row.product().converging()),
                            row.floor().map(time -> seconds(time.millis())).orElse(""),
                            row.ratio().map(Report::ratio).orElse(""),
                            row.floor().map(time -> seconds(time.shown())).orElse(""),
                            row.ratioShown().map(Report::ratio).orElse("")));
        }
    }

    private static void oneOperation(StringBuilder text, OneOperation one) {
        text.append(
                "\nOne operation, %d runs: p50 %d ms, p99 %d ms; without waiting for convergence p50 %d ms, p99 %d ms.\n"
                        .formatted(
                                one.runs().size(),
                                one.p50(),
                                one.p99(),
                                one.p50WithoutConvergence(),
                                one.p99WithoutConvergence()));
        text.append("Waiting for convergence, p50 in ms: %s\n".formatted(one.convergence()));
        text.append("\n| from | to | p50 ms | p99 ms |\n|---|---|---|---|\n");
        one.hops()
                .forEach(hop ->
                        text.append("| %s | %s | %d | %d |\n".formatted(hop.from(), hop.to(), hop.p50(), hop.p99())));
    }

    private void services(StringBuilder text) {
        if (services.isEmpty()) {
            return;
        }
        text.append("\n| service | resident MiB | most MiB | heap in use MiB | start s |\n|---|---|---|---|---|\n");
        services.forEach(service -> text.append("| %s | %d | %d | %d | %s |\n"
                .formatted(
                        service.service(),
                        service.residentMib(),
                        service.mostResidentMib(),
                        service.heapMib(),
                        service.startMillis() < 0 ? "" : seconds(service.startMillis()))));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, millis < 10_000 ? "%.2f" : "%.1f", millis / 1_000.0);
    }

    private static String ratio(BigDecimal ratio) {
        return ratio.toPlainString();
    }

    byte[] json() {
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "steps", Value.array(rows.stream().map(Row::toValue).toList()),
                "oneOperation", oneOperation.map(OneOperation::toValue).orElse(Value.NULL),
                "services",
                        Value.array(
                                services.stream().map(ServiceFigures::toValue).toList())));
    }
}
