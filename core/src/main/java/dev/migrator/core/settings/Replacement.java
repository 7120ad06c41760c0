package dev.migrator.core.settings;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;

/** What a name becomes: text in which {@code $1} to {@code $9} are what the groups matched, and {@code $$} is a dollar. */
record Replacement(List<Part> parts) {
    /** A text, or the group of that number. */
    record Part(String text, int group) {}

    Replacement {
        parts = List.copyOf(parts);
    }

    /** @throws ProblemException with code {@code MAP-REPLACEMENT} */
    static Replacement of(String written, int groups) {
        var parts = new ArrayList<Part>();
        var plain = new StringBuilder();
        for (int at = 0; at < written.length(); at++) {
            char c = written.charAt(at);
            if (c != '$') {
                plain.append(c);
                continue;
            }
            char next = ++at < written.length() ? written.charAt(at) : '\0';
            if (next == '$') {
                plain.append('$');
            } else if (next >= '1' && next <= '9' && next - '0' <= groups) {
                parts.add(new Part(plain.toString(), 0));
                parts.add(new Part("", next - '0'));
                plain.setLength(0);
            } else {
                throw new ProblemException(Problem.of(
                                "MAP-REPLACEMENT", "what a rule maps to names a group that its pattern does not have")
                        .expected(groups == 0 ? "no $ but $$, as the pattern has no group" : "$1 to $" + groups)
                        .found(next == '\0' ? "$ at the end" : "$" + next)
                        .todo("put ( ) around the part of match to keep; for a plain $ write $$"));
            }
        }
        parts.add(new Part(plain.toString(), 0));
        return new Replacement(parts);
    }

    String of(MatchResult match) {
        var out = new StringBuilder();
        for (var part : parts) {
            out.append(
                    part.group() == 0
                            ? part.text()
                            : match.group(part.group()) == null ? "" : match.group(part.group()));
        }
        return out.toString();
    }
}
