package dev.migrator.cli.command;

import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.nio.file.Path;
import java.util.Optional;

/** Which two things are compared: {@code env:NAME}, {@code target:FILE} or {@code dir:DIR}. */
sealed interface Chosen {
    record Live(DirectEnvironment source) implements Chosen {}

    record Folder(Path folder) implements Chosen {}

    /** @throws ProblemException {@code CLI-SIDE} if it is none of the three */
    static Chosen of(String text, DirectOptions direct) {
        int colon = text.indexOf(':');
        var rest = text.substring(colon + 1);
        return switch (rest.isEmpty() ? "" : text.substring(0, Math.max(colon, 0))) {
            case "env" -> new Live(direct.declared(rest));
            case "target" -> new Live(direct.targets(Path.of(rest)));
            case "dir" -> new Folder(Path.of(rest));
            default ->
                throw new ProblemException(Problem.of("CLI-SIDE", "this is nothing that can be compared")
                        .expected("env:NAME, target:FILE or dir:DIR")
                        .found(text));
        };
    }

    default Optional<DirectEnvironment> live() {
        return this instanceof Live(var source) ? Optional.of(source) : Optional.empty();
    }
}
