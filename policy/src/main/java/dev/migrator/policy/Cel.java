package dev.migrator.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Compiles and runs expressions. The only class that knows how the library is used; thread-safe. */
final class Cel {
    /** Rounds of all loops in one evaluation together; what takes more is a failed evaluation. */
    static final int MAX_ROUNDS = 10_000;
    /** Characters of one expression. */
    static final int MAX_LENGTH = 4_000;

    private static final int MAX_NESTING = 50;
    private static final int LONGEST = 300;
    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(MAX_ROUNDS)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(MAX_NESTING)
            .maxParseErrorRecoveryLimit(1)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
    private static final Map<Over, CelCompiler> COMPILERS = compilers();

    private Cel() {}

    /** What an expression compiles to, or what is wrong with it. */
    sealed interface Result {
        record Good(Program program) implements Result {}

        record Bad(List<Mistake> mistakes) implements Result {}
    }

    /** @param line of the expression, from 1  @param column from 1 */
    record Mistake(int line, int column, String text) {}

    /** A checked expression, ready to run. */
    static final class Program {
        private final CelRuntime.Program program;
        private final CelType type;
        private final boolean looksAtTime;

        private Program(CelAbstractSyntaxTree tree) throws CelEvaluationException {
            this.program = RUNTIME.createProgram(tree);
            this.type = tree.getResultType();
            this.looksAtTime = tree.getReferenceMap().values().stream()
                    .anyMatch(reference -> reference.name().equals(Vocabulary.NOW));
        }

        /** Whether the answer is of that kind, or is only known to be when it is there. */
        boolean answers(CelKind kind) {
            return type.kind() == kind || type.kind() == CelKind.DYN;
        }

        String type() {
            return type.name();
        }

        boolean looksAtTime() {
            return looksAtTime;
        }

        /** @throws Failed if there is no answer */
        Object run(Map<String, Object> variables) throws Failed {
            try {
                return program.eval(variables);
            } catch (CelEvaluationException e) {
                throw new Failed(said(e.getMessage()));
            } catch (RuntimeException e) {
                // whatever the library does with what it was given: there is no answer, and that counts as "no"
                throw new Failed(said(String.valueOf(e.getMessage())));
            }
        }
    }

    /** An evaluation came to no answer. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String why) {
            super(why);
        }
    }

    static Result compile(String text, Over over) {
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            return new Result.Bad(List.of(new Mistake(1, 1, "more than " + MAX_LENGTH + " characters")));
        }
        try {
            var compiled = COMPILERS.get(over).compile(text);
            return compiled.hasError()
                    ? new Result.Bad(
                            compiled.getErrors().stream().map(Cel::mistake).toList())
                    : new Result.Good(new Program(compiled.getAst()));
        } catch (Exception | StackOverflowError e) {
            return new Result.Bad(List.of(new Mistake(1, 1, said(String.valueOf(e.getMessage())))));
        }
    }

    private static Mistake mistake(CelIssue issue) {
        var at = issue.getSourceLocation();
        return new Mistake(
                Math.max(1, at.getLine()),
                Math.max(0, at.getColumn()) + 1,
                said(issue.getMessage().replace(" (in container '')", "")));
    }

    /** One line, of bounded length. */
    private static String said(String text) {
        var line = text.replaceFirst("^evaluation error at <input>:(\\d+): ", "at character $1: ")
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    private static Map<Over, CelCompiler> compilers() {
        var compilers = new EnumMap<Over, CelCompiler>(Over.class);
        for (var over : Over.values()) {
            var builder = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setTypeProvider(Vocabulary.ALL);
            Vocabulary.ALL.variables(over).forEach(builder::addVar);
            compilers.put(over, builder.build());
        }
        return compilers;
    }
}
