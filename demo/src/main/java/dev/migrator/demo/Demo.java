package dev.migrator.demo;

import dev.migrator.cli.api.ApiException;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.demo.outside.Outside;
import dev.migrator.demo.outside.OutsideException;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.Options;
import dev.migrator.localstack.ServiceSpec;
import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.LocalStackException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The product in two minutes: an online shop's metadata goes to test and, rehearsed, to production, then a change goes wrong
 * there and is undone. Whatever is said was looked at first, by clients that share no code with what migrates.
 */
public final class Demo {
    private final Path home;
    private final Path stackFolder;
    private final Screen screen;
    private final Stopwatch watch = new Stopwatch();

    private Demo(Path home, Path stackFolder, Screen screen) {
        this.home = home;
        this.stackFolder = stackFolder;
        this.screen = screen;
    }

    /**
     * Runs it; the stack stays up.
     *
     * @param home the checkout, built
     * @param stackFolder where the local stack lives; one that an earlier demo used is replaced
     * @param out gets plain lines of at most 100 columns
     * @return 0 if everything was as claimed, 1 if not or if something failed, said on {@code out}
     */
    public static int run(Path home, Path stackFolder, PrintStream out) {
        return run(home, stackFolder, new Screen(out, false));
    }

    static int run(Path home, Path stackFolder, Screen screen) {
        try {
            new Demo(home, stackFolder, screen).run();
            return 0;
        } catch (ClaimFailed e) {
            screen.problem(e.problem());
        } catch (ProblemException e) {
            screen.problem(e.problem());
        } catch (ApiException e) {
            screen.problem(e.problem());
        } catch (LocalStackException e) {
            screen.raw(e.getMessage());
        } catch (OutsideException e) {
            screen.problem(Problem.of("DEM-OUTSIDE", "an environment could not be filled or read")
                    .found(String.valueOf(e.getMessage()))
                    .todo("./migrator stack status shows whether all parts run"));
        }
        return 1;
    }

    private void run() {
        screen.gap();
        screen.title("Metadata Migrator, the demo");
        screen.line("An online shop's metadata goes to production twice: once it works, once it is put back.");
        var examples = home.resolve("examples/shop");
        var now = Manifested.read(examples.resolve("production-now"));
        var unmanaged = Manifested.read(examples.resolve("unmanaged"));

        screen.chapter("The local stack: brokers, registries, object store and services, all on this machine");
        var stack = FreshStack.up(
                Options.in(new Home(home), stackFolder).withSystems(Set.of()).withRehearsal(), screen);
        watch.lap("stack start");
        try (var test = new Outside(stack, "test");
                var production = new Outside(stack, "production")) {
            seed(now, unmanaged, test, production);
            var scenes =
                    new Scenes(screen, new Claims(screen), new Migrations(stack, Commit.of(home)), test, production);
            var seeded = production.read();
            stack.awaitPlace();
            watch.lap("seeding");
            scenes.runOne(Manifested.read(examples.resolve("meta")));
            watch.lap("run one");
            scenes.runTwo(Manifested.read(examples.resolve("change-refunds")));
            watch.lap("run two");
            scenes.atTheEnd(seeded, unmanaged.wanted());
            watch.lap("checks");
        }
        farewell(stack);
    }

    private void seed(Manifested now, Manifested unmanaged, Outside test, Outside production) {
        screen.chapter("Test and production as they are: older settings and schemas, fewer topics");
        test.create(now);
        production.create(now);
        production.create(unmanaged);
        screen.pair("test", 12, Claims.counted(now.wanted()));
        screen.pair("production", 12, "the same, and what nobody manages: " + Claims.counted(unmanaged.wanted()));
    }

    private void farewell(LocalStack stack) {
        screen.chapter("Everything was as claimed");
        screen.line(watch.total() + ": " + watch.laps());
        screen.line("the stack stays up, its console at " + stack.serviceUrl(ServiceSpec.CONSOLE));
        screen.gap();
        for (var command : List.of(
                List.of("./migrator status --all", "the migrations that just ran"),
                List.of("./migrator stack status", "what runs, and where"),
                List.of("./migrator down", "stops all of it and leaves nothing behind"))) {
            screen.pair(command.getFirst(), 26, command.getLast());
        }
    }
}
