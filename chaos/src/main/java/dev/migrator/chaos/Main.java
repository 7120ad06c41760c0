package dev.migrator.chaos;

import dev.migrator.chaos.fault.ChaosStack;
import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.LocalStackException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code migrator chaos}. Exit codes: 0 every run was as it has to be, 1 one was not. */
public final class Main {
    private static final String HELP = """
            migrator chaos [--runs N] [--seed S] [--folder FOLDER]
                Starts a local stack of its own with two executors, and on it N runs (5 if not given, at most 200).
                In each, random migrations run while services are killed and frozen, brokers, registries and the
                object store go down, and the network is cut. Then clients that share no code with the services check:
                everything is either applied or exactly as before, what nobody manages is untouched, the last status
                is true, nobody wrote in between, nothing stays held, every decision is in the audit log.
                A run takes 4 minutes at most. One that fails shows its seed, what was drawn, what happened, and
                which check found what.
                The same seed draws the same migrations and the same faults. When a fault hits what is a matter of
                this machine's time, so a repeated run need not come to the same end.
                The stack lives in .chaos-stack of the checkout, or in FOLDER, and is taken down at the end.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"))) {
            System.out.print(HELP);
            return 0;
        }
        var home = Home.find();
        int runs = 5;
        long seed = ThreadLocalRandom.current().nextInt(1_000_000);
        Path folder = home.root().resolve(".chaos-stack");
        if (arguments.size() % 2 != 0) {
            System.err.print(HELP);
            return 1;
        }
        try {
            for (int next = 0; next < arguments.size(); next += 2) {
                var value = arguments.get(next + 1);
                switch (arguments.get(next)) {
                    case "--runs" -> runs = Integer.parseInt(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--folder" -> folder = Path.of(value).toAbsolutePath();
                    default -> throw new IllegalArgumentException("unknown option " + arguments.get(next));
                }
            }
            if (runs < 1 || runs > Chaos.MOST_RUNS) {
                throw new IllegalArgumentException("--runs: expected 1 to " + Chaos.MOST_RUNS + ", found " + runs);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(HELP);
            return 1;
        }
        return run(home, folder, seed, runs);
    }

    private static int run(Home home, Path folder, long seed, int runs) {
        System.out.println("seed " + seed + ", " + runs + " runs");
        try (var stack = ChaosStack.up(home, folder, System.out::println)) {
            var ending = new Thread(stack::close, "takes the stack down");
            Runtime.getRuntime().addShutdownHook(ending);
            var outcomes =
                    Chaos.run(stack, seed, runs, outcome -> Report.of(outcome).forEach(System.out::println));
            Report.summary(outcomes).forEach(System.out::println);
            Runtime.getRuntime().removeShutdownHook(ending);
            return outcomes.stream().allMatch(outcome -> outcome.failed().isEmpty()) ? 0 : 1;
        } catch (LocalStackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
