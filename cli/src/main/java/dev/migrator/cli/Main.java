package dev.migrator.cli;

import dev.migrator.cli.api.ApiException;
import dev.migrator.cli.command.MigratorCommand;
import dev.migrator.cli.render.ProblemText;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.target.TargetException;
import picocli.CommandLine;

/** The {@code migrator} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with its error handling; also what tests drive. */
    public static CommandLine commandLine() {
        return new CommandLine(new MigratorCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((exception, commandLine, _) -> {
                    var problem = problemOf(exception);
                    commandLine.getErr().println(ProblemText.of(problem, commandLine.getColorScheme()));
                    return exception instanceof ApiException refused && refused.refused()
                            ? ExitCode.REFUSED
                            : exception instanceof ProblemException ? ExitCode.REFUSED : ExitCode.ERROR;
                });
    }

    private static Problem problemOf(Exception exception) {
        return switch (exception) {
            case ProblemException known -> known.problem();
            case ApiException answered -> answered.problem();
            case TargetException target -> target.problem();
            default ->
                Problem.of("CLI-UNEXPECTED", "the command failed in a way nobody foresaw")
                        .found(exception.toString())
                        .todo("run it again with --stacktrace and report what it prints");
        };
    }
}
