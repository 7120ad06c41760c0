package dev.migrator.target.verify;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.present.StyledText;
import dev.migrator.target.verify.RuleResult.Verdict;
import java.util.List;
import java.util.regex.Pattern;

/** What was found, for people and for programs. */
final class Report {
    private static final int LONGEST_LINE = 400;
    /** What an assumption was about, as AssertJ writes it. */
    private static final Pattern REASON = Pattern.compile("\\[([^\\]\\n]{1,100})]");

    private Report() {}

    static String json(Server server, Value.Obj description, List<Verification> verifications) {
        return CanonicalJson.text(Value.object(
                "url", Value.of(server.url()),
                "name", description.get("name"),
                "version", description.get("version"),
                "passed", Value.of(verifications.stream().allMatch(Verification::passed)),
                "types",
                        Value.array(verifications.stream()
                                .map(verification -> Value.object(
                                        "type", Value.of(verification.subject().type()),
                                        "passed", Value.of(verification.passed()),
                                        "rules",
                                                Value.array(verification.results().stream()
                                                        .map(RuleResult::toValue)
                                                        .toList()),
                                        "leftBehind",
                                                Value.array(verification.leftBehind().stream()
                                                        .map(Value::of)
                                                        .toList())))
                                .toList())));
    }

    static String title(Value.Obj description, Subject subject) {
        return StyledText.harmless("type " + subject.type() + " of " + Subject.text(description, "name") + " "
                        + Subject.text(description, "version"))
                + (subject.identity().isEmpty() ? "" : StyledText.harmless(", identity " + subject.identity()));
    }

    /** One line, and below it what was seen where a rule failed. */
    static String line(RuleResult result, boolean colors) {
        var verdict = String.format("%-14s", result.verdict().words());
        var line = new StringBuilder("  ")
                .append(colors ? color(result.verdict()) + verdict + "\u001b[0m" : verdict)
                .append(String.format("  %-20s  ", result.topic()))
                .append(result.rule());
        if (result.verdict() == Verdict.NOT_APPLICABLE) {
            REASON.matcher(result.why())
                    .results()
                    .findFirst()
                    .ifPresent(found -> line.append(" (")
                            .append(StyledText.harmless(found.group(1)))
                            .append(')'));
        }
        if (result.verdict() == Verdict.FAILED) {
            result.why()
                    .lines()
                    .filter(text -> !text.isBlank())
                    .limit(12)
                    .map(text -> text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…")
                    .forEach(text -> line.append("\n                    ").append(StyledText.harmless(text)));
        }
        return line.toString();
    }

    static String summary(Verification verification) {
        var left = verification.leftBehind();
        return verification.results().size() + " rules: " + verification.count(Verdict.PASSED) + " passed, "
                + verification.count(Verdict.FAILED) + " failed, " + verification.count(Verdict.NOT_APPLICABLE)
                + " not applicable\n"
                + (left.isEmpty()
                        ? "everything that was made is gone again"
                        : left.size() + " entries are left behind, which the system does not remove: "
                                + String.join(", ", left.subList(0, Math.min(3, left.size())))
                                + (left.size() > 3 ? ", …" : ""));
    }

    private static String color(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "\u001b[32m";
            case FAILED -> "\u001b[31m";
            case NOT_APPLICABLE -> "\u001b[2m";
        };
    }
}
