package dev.migrator.core.report;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.StatusJson;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of checking one thing.
 *
 * @param name of the check, e.g. {@code plan}
 * @param text what holds, what does not, or why nothing can be said
 * @param problem of a line that FAILED
 */
public record CheckLine(String name, Mark mark, String text, Optional<Problem> problem) {
    /** Nothing that was not checked passes for checked. */
    public enum Mark {
        PASSED,
        FAILED,
        NOT_CHECKED
    }

    public CheckLine {
        Objects.requireNonNull(name);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(text);
        Objects.requireNonNull(problem);
    }

    /** What a hostile file says may be of any length. */
    private static final int LONGEST = 2_000;

    static CheckLine passed(String name, String text) {
        return new CheckLine(name, Mark.PASSED, clipped(text), Optional.empty());
    }

    static CheckLine failed(String name, Problem problem) {
        return new CheckLine(name, Mark.FAILED, clipped(problem.message()), Optional.of(clipped(problem)));
    }

    static CheckLine notChecked(String name, String why) {
        return new CheckLine(name, Mark.NOT_CHECKED, clipped(why), Optional.empty());
    }

    private static Problem clipped(Problem problem) {
        return new Problem(
                problem.code(),
                clipped(problem.message()),
                clipped(problem.thing()),
                clipped(problem.expected()),
                clipped(problem.found()),
                clipped(problem.todo()));
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    public Value.Obj toValue() {
        return Value.object(
                "check", Value.of(name),
                "mark", Value.of(mark.name()),
                "text", Value.of(text),
                "problem", problem.map(why -> (Value) StatusJson.problem(why)).orElse(Value.NULL));
    }
}
