package dev.migrator.benchmarks.pipeline;

import dev.migrator.localstack.server.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is asked for on the command line.
 *
 * @param sizes topics of each load, and as many ACLs
 * @param oneOperation how many changes of one operation; zero for none
 * @param planOnly topics of a load that is only planned, and as many ACLs; zero for none
 * @param json where the figures are written as well
 * @param folder takes the stack and the floor's brokers; what an earlier run left there is removed
 */
record Arguments(List<Integer> sizes, int oneOperation, int planOnly, Optional<Path> json, Path folder, boolean help) {
    static final String HELP = """
            migrator benchmark [--sizes 1000,3000] [--one-operation 50] [--plan-only N] [--json FILE] [--folder FOLDER]
                Measures whole migrations on a local stack of its own, each step beside bare calls of Kafka's client
                to brokers of the same kind. Each size is that many topics and as many ACLs. --plan-only asks for one
                plan more, of N topics and as many ACLs, and writes nothing. All of it is taken down at the end.
                1,000 takes three minutes, 3,000 five. Above that, brokers get 1.5 GiB of heap each and services 256 MiB,
                above 20,000 services 640 MiB. A bundle has two resources more than twice N, and at most 100,000.
            migrator benchmark core [OPTIONS OF JMH]
                The pure core alone: planning, canonical form, deciding, compare-and-set, state hash.
            migrator benchmark planning [SIZE...]
                Validating and planning estates of up to a million resources, beside reading the same bytes as JSON.
            """;

    static Arguments parse(List<String> given) {
        var asked = new Arguments(List.of(1_000, 3_000), 50, 0, Optional.empty(), null, false);
        for (int i = 0; i < given.size(); i += 2) {
            var name = given.get(i);
            if (name.equals("--help") || name.equals("-h")) {
                return new Arguments(List.of(), 0, 0, Optional.empty(), null, true);
            }
            if (i + 1 == given.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            asked = asked.with(name, given.get(i + 1));
        }
        return asked.folder == null
                ? asked.with(
                        "--folder",
                        Home.find().root().resolve(".local-benchmark").toString())
                : asked;
    }

    private Arguments with(String name, String value) {
        return switch (name) {
            case "--sizes" -> new Arguments(numbers(value), oneOperation, planOnly, json, folder, help);
            case "--one-operation" -> new Arguments(sizes, number(value), planOnly, json, folder, help);
            case "--plan-only" -> new Arguments(sizes, oneOperation, number(value), json, folder, help);
            case "--json" ->
                new Arguments(
                        sizes,
                        oneOperation,
                        planOnly,
                        Optional.of(Path.of(value).toAbsolutePath()),
                        folder,
                        help);
            case "--folder" ->
                new Arguments(
                        sizes, oneOperation, planOnly, json, Path.of(value).toAbsolutePath(), help);
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }

    private static List<Integer> numbers(String text) {
        return Stream.of(text.split(",")).map(Arguments::number).toList();
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number < 0) {
                throw new IllegalArgumentException("expected a number that is not negative, found " + text);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, found " + text, e);
        }
    }
}
