package dev.migrator.benchmarks.pipeline;

import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.Options;
import dev.migrator.localstack.server.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code migrator benchmark}: starts a local stack and brokers for the floor, takes loads of each size through a whole life,
 * and prints what it took beside the floor. Everything it starts is gone when it ends.
 */
public final class PipelineBenchmark {
    private static final int MOST_WITH_LITTLE_MEMORY = 3_000;
    private static final int MOST_WITH_USUAL_MEMORY = 20_000;
    /** Bundle, states and plan of a hundred thousand are all held at once: about 400 MiB of them. */
    private static final int LARGE_HEAP_MEGABYTES = 640;

    private PipelineBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Arguments asked;
        try {
            asked = Arguments.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Arguments.HELP);
            System.exit(1);
            return;
        }
        if (asked.help()) {
            System.out.print(Arguments.HELP);
            return;
        }
        var report = run(asked);
        System.out.println();
        System.out.print(report.text());
        if (asked.json().isPresent()) {
            Files.write(asked.json().get(), report.json());
        }
    }

    private static Report run(Arguments asked) {
        var rows = new ArrayList<Row>();
        var one = Optional.<OneOperation>empty();
        var services = List.<ServiceFigures>of();
        for (int i = 0; i < asked.sizes().size(); i++) {
            // each size on brokers and services that have done nothing yet
            boolean last = i == asked.sizes().size() - 1;
            int pairs = Math.max(asked.sizes().get(i), last ? asked.planOnly() : 0);
            boolean roomy = pairs > MOST_WITH_LITTLE_MEMORY;
            try (var stack = stack(asked.folder(), pairs);
                    var product = new Product(stack);
                    var floor = new Floor(asked.folder().resolve("floor"), roomy)) {
                var pipeline = new Pipeline(product, floor, System.out::println);
                pipeline.warmUp();
                if (i == 0 && asked.oneOperation() > 0) {
                    one = Optional.of(pipeline.oneOperation(asked.oneOperation()));
                }
                rows.addAll(pipeline.run(asked.sizes().get(i)));
                services = ServiceFigures.now(stack);
                if (last && asked.planOnly() > 0) {
                    rows.addAll(pipeline.planOnly(asked.planOnly()));
                }
                if (last) {
                    services = ServiceFigures.restarted(stack, services);
                }
            }
        }
        return new Report(rows, one, services);
    }

    private static LocalStack stack(Path folder, int pairs) {
        var options = Options.in(Home.find(), folder.resolve("stack"))
                .withSystems(Set.of())
                .withProgress(System.out::println);
        if (pairs > MOST_WITH_LITTLE_MEMORY) {
            options = options.withRoomyParts();
        }
        if (pairs > MOST_WITH_USUAL_MEMORY) {
            options = options.withServices(options.services().stream()
                    .map(service -> service.withHeapMegabytes(LARGE_HEAP_MEGABYTES))
                    .toList());
        }
        LocalStack.existing(options).ifPresent(LocalStack::close);
        return LocalStack.up(options);
    }
}
