package dev.migrator.localstack;

import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands of the local stack. Exit codes: 0 done, or all parts run; 1 an error, or not all parts run. */
public final class Main {
    private static final String HELP = """
            migrator up [--systems LIST] [--no-rehearsal] [--port NAME=PORT]... [--ports FILE]
                Starts brokers, registries, object store and services on this machine, and for each environment the
                further systems of LIST: connect,postgres unless given, or none. Ports are free ones unless given;
                FILE has lines NAME=PORT. Names: kafka-control, kafka-test, kafka-production, registry-control,
                registry-test, registry-production, s3, connect-test, connect-production, postgres-test,
                postgres-production, and the services' names.
                Besides, a broker, a registry and a database are started in which what is meant for production is done
                and undone first; their ports have the same names with rehearsal. They start behind the others, and up
                does not wait for them; --no-rehearsal leaves them out. A stack that runs stays as it was started.
            migrator down [--keep-data]
                Stops all of it and removes its data, logs and settings, or keeps them for the next time.
            migrator stack status [-o json]
                Shows each part; of one that crashed also the last lines of its log. Exit code 1 if not all run.
            migrator stack start|stop|kill|restart NAME
                One part: start it, ask it to end, end it at once, or stop and start it.
            migrator stack env
                Settings of an outside client as environment variables: eval "$(migrator stack env)".
            All of it lives in .local-stack of the checkout, or in the folder that --folder names.
            """;

    private final PrintStream out;

    Main(PrintStream out) {
        this.out = out;
    }

    /** Ends the process with the command's exit code. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            return new Main(out).run(Arguments.parse(List.of(args)));
        } catch (LocalStackException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private int run(Arguments arguments) {
        return switch (arguments.command()) {
            case "help" -> {
                out.print(HELP);
                yield 0;
            }
            case "up" -> up(arguments);
            case "down" -> down(arguments);
            case "status" -> status(arguments);
            case "env" -> env(arguments);
            case "start", "stop", "kill", "restart" -> onePart(arguments);
            default ->
                throw new LocalStackException(
                        Code.LST_INPUT,
                        "command " + arguments.command(),
                        "up, down, status, env, start, stop, kill or restart",
                        arguments.command(),
                        "see migrator stack --help");
        };
    }

    private int up(Arguments arguments) {
        Options options = arguments.options().withProgress(line -> {
            out.println(line);
            out.flush();
        });
        LocalStack stack = LocalStack.up(options);
        if (stack.parts().contains(ServiceSpec.CONSOLE)) {
            out.println("console  " + stack.serviceUrl(ServiceSpec.CONSOLE));
        }
        out.println("settings " + stack.layout().config());
        return 0;
    }

    private int down(Arguments arguments) {
        boolean was = LocalStack.existing(arguments.options())
                .map(stack -> {
                    boolean running = stack.isAnyRunning();
                    stack.down(arguments.has("--keep-data"));
                    return running;
                })
                .orElse(false);
        out.println(was ? "down" : "nothing was up");
        return 0;
    }

    private int status(Arguments arguments) {
        Optional<LocalStack> stack = LocalStack.existing(arguments.options());
        Map<String, PartState> states = stack.map(LocalStack::status).orElse(Map.of());
        if (arguments.json()) {
            out.println(StatusText.json(states, part -> stack.orElseThrow().address(part)));
        } else if (states.isEmpty()) {
            out.println("nothing is up; migrator up starts it");
        } else {
            out.print(StatusText.table(states, stack.orElseThrow()::address, stack.orElseThrow()::lastLines));
        }
        boolean allRun = !states.isEmpty() && states.values().stream().allMatch(PartState.Running.class::isInstance);
        return allRun ? 0 : 1;
    }

    private int env(Arguments arguments) {
        out.println(required(arguments).env().entrySet().stream()
                .map(e -> "export " + e.getKey() + "='" + e.getValue().replace("'", "'\\''") + "'")
                .collect(Collectors.joining("\n")));
        return 0;
    }

    private int onePart(Arguments arguments) {
        String part = arguments.part();
        LocalStack stack = required(arguments);
        switch (arguments.command()) {
            case "start" -> stack.start(part);
            case "stop" -> stack.stop(part);
            case "kill" -> stack.kill(part);
            default -> stack.restart(part);
        }
        out.println(part + " " + stack.status().get(part).word());
        return 0;
    }

    private static LocalStack required(Arguments arguments) {
        return LocalStack.existing(arguments.options())
                .orElseThrow(() -> new LocalStackException(
                        Code.LST_INPUT,
                        "the local stack",
                        "one that was brought up",
                        "nothing in " + arguments.options().folder(),
                        "migrator up"));
    }
}
