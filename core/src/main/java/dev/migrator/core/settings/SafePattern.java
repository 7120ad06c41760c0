package dev.migrator.core.settings;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that has to match a whole name. Only what every engine means alike is accepted (no look-around,
 * back-reference, possessive or named group), and a match may look at a bounded number of characters, so that no pattern
 * and no name can hold the machine up.
 */
final class SafePattern {
    static final int MAX_LENGTH = 500;

    /** Characters that one match may look at, each as often as it is looked at. */
    static final int MAX_LOOKS = 200_000;

    /** Product of all counts like {@code {3}} in a pattern. */
    static final int MAX_REPEATS = 10_000;

    private final Pattern pattern;

    private SafePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws ProblemException with code {@code MAP-PATTERN} */
    static SafePattern of(String regex) {
        var refused = new Grammar(regex).refused();
        if (refused.isPresent()) {
            throw trouble(refused.get());
        }
        try {
            return new SafePattern(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw trouble(e.getDescription() + " at character " + (Math.max(0, e.getIndex()) + 1));
        }
    }

    int groups() {
        return pattern.matcher("").groupCount();
    }

    /**
     * @return empty if the pattern does not match all of the text
     * @throws ProblemException with code {@code MAP-COSTLY} if that takes too long to find out
     */
    Optional<MatchResult> match(String text) {
        var matcher = pattern.matcher(new Counted(text, 0, text.length(), new int[1]));
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    private static ProblemException trouble(String found) {
        return new ProblemException(Problem.of("MAP-PATTERN", "a pattern is not one that mapping rules take")
                .expected("characters, classes, groups, | and * + ? {n,m}")
                .found(found)
                .todo("write a \\ before a character that stands for itself"));
    }

    /** A text that counts how often it is looked at. */
    private record Counted(String text, int from, int to, int[] looks) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++looks[0] > MAX_LOOKS) {
                throw new ProblemException(Problem.of("MAP-COSTLY", "a pattern takes too long on a name")
                        .expected("an answer within " + MAX_LOOKS + " characters looked at")
                        .found("more, on a name of " + text.length() + " characters")
                        .todo("write the pattern with fewer repetitions"));
            }
            return text.charAt(from + index);
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, from + start, from + end, looks);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }

    /** Finds what is not accepted, before the pattern is compiled. */
    private static final class Grammar {
        private static final String ESCAPABLE = "\\.[](){}*+?|^$/@:-_#&~=<>!,;%\"' ";

        private final String regex;
        private int at;
        private long repeats = 1;

        Grammar(String regex) {
            this.regex = regex;
        }

        Optional<String> refused() {
            while (at < regex.length()) {
                var refused = switch (regex.charAt(at)) {
                    case '\\' -> escape();
                    case '[' -> characterClass();
                    case '(' -> group();
                    case '{' -> count();
                    case '*', '+', '?', '}' -> quantifierEnd();
                    default -> {
                        at++;
                        yield Optional.<String>empty();
                    }
                };
                if (refused.isPresent()) {
                    return refused;
                }
            }
            return Optional.empty();
        }

        private Optional<String> escape() {
            var c = at + 1 < regex.length() ? regex.charAt(at + 1) : '\0';
            at += 2;
            return "dDwWsS".indexOf(c) >= 0 || ESCAPABLE.indexOf(c) >= 0
                    ? Optional.empty()
                    : Optional.of(c == '\0' ? "a \\ at the end" : "\\" + c);
        }

        private Optional<String> characterClass() {
            at++;
            while (at < regex.length() && regex.charAt(at) != ']') {
                if (regex.charAt(at) == '[') {
                    return Optional.of("[ inside [ ]");
                }
                if (regex.startsWith("&&", at)) {
                    return Optional.of("&&");
                }
                if (regex.charAt(at) == '\\') {
                    var refused = escape();
                    if (refused.isPresent()) {
                        return refused;
                    }
                } else {
                    at++;
                }
            }
            at++;
            return Optional.empty();
        }

        private Optional<String> group() {
            if (regex.startsWith("(?", at) && !regex.startsWith("(?:", at)) {
                return Optional.of(regex.substring(at, Math.min(regex.length(), at + 3)));
            }
            at += regex.startsWith("(?:", at) ? 3 : 1;
            return Optional.empty();
        }

        private Optional<String> count() {
            int end = regex.indexOf('}', at);
            var inside = end < 0 ? "" : regex.substring(at + 1, end);
            if (!inside.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
                return Optional.of("{ without a count like {2,3}");
            }
            for (var number : inside.split(",")) {
                repeats *= Math.max(1, Integer.parseInt(number));
            }
            at = end;
            return repeats > MAX_REPEATS ? Optional.of("counts that multiply to " + repeats) : Optional.empty();
        }

        private Optional<String> quantifierEnd() {
            at++;
            return at < regex.length() && regex.charAt(at) == '+'
                    ? Optional.of(regex.substring(at - 1, at + 1))
                    : Optional.empty();
        }
    }
}
