package dev.migrator.target.verify;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.present.StyledText;
import dev.migrator.target.TargetException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code Main URL [--token-file F] [--type T] [--yes] [--json] [--color]}: started by {@code migrator target verify},
 * which explains the options. Ends with 0 if every rule that applies is kept, else with 1.
 */
public final class Main {
    private static final int MANY = 1_000;
    private static final Set<String> WITH_VALUE = Set.of("--token-file", "--type");

    private final List<String> arguments;
    private final Reader in;
    private final PrintStream out;
    private final PrintStream err;

    Main(List<String> arguments, Reader in, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new Main(
                        List.of(arguments),
                        new InputStreamReader(System.in, StandardCharsets.UTF_8),
                        System.out,
                        System.err)
                .run());
    }

    int run() {
        try {
            return verify();
        } catch (TargetException e) {
            return failed(Server.whyNot(arguments.getFirst()).orElse(e.problem()));
        } catch (ProblemException e) {
            return failed(e.problem());
        } catch (IOException e) {
            return failed(Problem.of("TGT-UNAVAILABLE", "the server gave no answer")
                    .found(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    private int verify() throws TargetException, IOException {
        var server = new Server(arguments.getFirst(), token());
        server.open().close();
        var description = server.description();
        var subjects = Server.subjects(description, value("--type"));
        if (!arguments.contains("--yes") && !isConfirmed(server, description, subjects)) {
            err.println("nothing was written");
            return 1;
        }
        var verifications = new ArrayList<Verification>();
        boolean json = arguments.contains("--json");
        for (var subject : subjects) {
            print(json, Report.title(description, subject));
            var verification = Verification.of(server, subject, MANY, result -> {
                print(json, Report.line(result, arguments.contains("--color")));
                return true;
            });
            print(json, Report.summary(verification));
            verifications.add(verification);
        }
        if (json) {
            out.println(Report.json(server, description, verifications));
        }
        return verifications.stream().allMatch(Verification::passed) ? 0 : 1;
    }

    private void print(boolean json, String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    private boolean isConfirmed(Server server, Value.Obj description, List<Subject> subjects) throws IOException {
        err.print(StyledText.harmless("This makes and removes about 13,000 entries of "
                        + String.join(", ", subjects.stream().map(Subject::type).toList())
                        + " with names that begin with t- in " + Subject.text(description, "name") + " at "
                        + server.url() + ".")
                + " Take no system that others work with.\nGo on? [y/N] ");
        err.flush();
        var answer = new BufferedReader(in).readLine();
        return answer != null && answer.strip().matches("(?i)y|yes");
    }

    private Optional<String> token() throws IOException {
        var file = value("--token-file");
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.readString(Path.of(file.get())).strip());
    }

    private Optional<String> value(String option) {
        int at = arguments.indexOf(option);
        return at > 0 && at + 1 < arguments.size() && WITH_VALUE.contains(option)
                ? Optional.of(arguments.get(at + 1))
                : Optional.empty();
    }

    private int failed(Problem problem) {
        err.println(StyledText.harmlessLines("error " + problem));
        return 1;
    }
}
