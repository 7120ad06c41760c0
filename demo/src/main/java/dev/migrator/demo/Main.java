package dev.migrator.demo;

import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.LocalStackException;
import java.nio.file.Path;
import java.util.List;

/** {@code migrator demo}. Exit codes: 0 all was as claimed, 1 it was not. */
public final class Main {
    private static final String HELP = """
            migrator demo [--folder FOLDER]
                Starts the local stack, fills test and production with an online shop as it was, then runs one
                migration that succeeds and one that goes wrong and is rolled back. Each thing it says is checked
                with clients of its own; it ends with 1 and names the first thing that is not so.
                The stack stays up: in .local-stack of the checkout, or in FOLDER. migrator down stops it.
                A stack that an earlier demo used is replaced by a fresh one.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        var screen = new Screen(System.out, isTerminal());
        try {
            var home = Home.find().root();
            if (arguments.isEmpty()) {
                return Demo.run(home, home.resolve(".local-stack"), screen);
            }
            if (arguments.size() == 2 && arguments.getFirst().equals("--folder")) {
                return Demo.run(home, Path.of(arguments.getLast()).toAbsolutePath(), screen);
            }
        } catch (LocalStackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        boolean asked = arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"));
        (asked ? System.out : System.err).print(HELP);
        return asked ? 0 : 1;
    }

    private static boolean isTerminal() {
        return System.console() != null
                && System.console().isTerminal()
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }
}
